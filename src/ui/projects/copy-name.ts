/** "Sales" → "Sales copy", then "Sales copy 2", whatever is not taken. */
export function nameOfCopy(name: string, taken: ReadonlySet<string>): string {
  const stem = `${name === '' ? 'Untitled project' : name.replace(/ copy( \d+)?$/, '')} copy`;
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? stem : `${stem} ${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}
