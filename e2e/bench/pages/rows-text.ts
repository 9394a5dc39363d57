// The 100,000 rows of P6, as text of a function: the same on every side.

/** Eight columns: ids, strings, floats, booleans, some nulls. */
export const makeRowsText = `(count) => Array.from({ length: count }, (_, i) => ({
  id: i,
  name: 'row ' + i,
  city: ['Seattle', 'Portland', 'Boise', 'Spokane'][i % 4],
  price: Math.round(i * 1.37 * 100) / 100,
  weight: i / 7,
  active: i % 3 === 0,
  note: i % 5 === 0 ? null : 'note ' + (i % 100),
  score: i % 1000,
}))`;

/** A checksum that reads every cell. */
export const checksumText = `(rows) => {
  let sum = 0;
  for (const row of rows)
    sum = (sum + row.id + row.name.length + row.city.length + row.price + row.weight + (row.active ? 1 : 0) + (row.note === null ? 0 : row.note.length) + row.score) % 1e9;
  return sum;
}`;

/** The bodies of a pair of assets: one makes the rows, the other reads them. Both say when. */
export const handOffBodies = (count: number) => ({
  rows: `import { MaterializeResult } from 'headwater';
export default function rows() {
  const made = (${makeRowsText})(${count});
  return new MaterializeResult({ value: made, metadata: { checksum: (${checksumText})(made), at: String(performance.timeOrigin + performance.now()) } });
}
`,
  reader: `import { MaterializeResult } from 'headwater';
export default function reader({ rows }) {
  const at = performance.timeOrigin + performance.now();
  return new MaterializeResult({ value: 1, metadata: { checksum: (${checksumText})(rows), at: String(at) } });
}
`,
});
