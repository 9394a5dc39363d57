export default function growth(rows, context) {
  const sorted = rows.toSorted((a, b) => String(a.year).localeCompare(String(b.year)));
  const first = sorted[0];
  const last = sorted.at(-1);
  const percent = Math.round((last.net_generation / first.net_generation - 1) * 100);
  context.log.info(`${first.source}: ${percent} %`);
  return { source: first.source, from: first.net_generation, to: last.net_generation, percent };
}
