export default function islands() {
  return [{ name: 'Biscoe' }, { name: 'Dream' }, { name: 'Torgersen' }];
}
