import { rollups } from 'd3-array';

export default function by_region({ incomes }) {
  const means = rollups(
    incomes,
    (rows) => Math.round(rows.reduce((sum, { income }) => sum + income, 0) / rows.length),
    ({ region }) => region,
  );
  return means.map(([region, income]) => ({ region, income })).sort((a, b) => b.income - a.income);
}
