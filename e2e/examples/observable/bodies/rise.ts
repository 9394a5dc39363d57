export default function rise({ yearly }) {
  const ppmByYear = new Map<number, number>(yearly.map(({ year, ppm }) => [year, ppm]));
  return yearly.flatMap(({ year, ppm }) => {
    const later = ppmByYear.get(year + 10);
    if (year % 10 !== 0 || later === undefined) return [];
    return [{ decade: `${year}s`, ppm: Math.round((later - ppm) * 10) / 10 }];
  });
}
