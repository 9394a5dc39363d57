import { group } from 'd3-array';

export default function yearly({ co2 }) {
  const years = group(co2, (row) => Number(String(row.Date).slice(0, 4)));
  return [...years].map(([year, rows]) => ({
    year,
    months: rows.length,
    ppm: Math.round((rows.reduce((sum, row) => sum + row.CO2, 0) / rows.length) * 100) / 100,
  }));
}
