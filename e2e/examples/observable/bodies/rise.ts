export default function rise({ yearly }) {
  const ppmByYear = new Map(yearly.map(({ year, ppm }) => [year, ppm]));
  return yearly
    .filter(({ year }) => year % 10 === 0 && ppmByYear.has(year + 10))
    .map(({ year, ppm }) => ({
      decade: `${year}s`,
      ppm: Math.round((ppmByYear.get(year + 10) - ppm) * 10) / 10,
    }));
}
