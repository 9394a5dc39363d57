export default function headline({ by_region }, { resources: { currency }, log }) {
  const [first] = by_region;
  log.info(`${by_region.length} regions`);
  return `The richest region is ${first.region}: ${currency.text(first.income)} a head.`;
}
