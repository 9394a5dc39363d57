import { Output } from 'headwater';

export default function* tidy({ penguins }) {
  const names = {
    'Beak Length (mm)': 'beakLength',
    'Beak Depth (mm)': 'beakDepth',
    'Flipper Length (mm)': 'flipperLength',
    'Body Mass (g)': 'bodyMass',
  };
  const rows = penguins.map((row) => ({
    species: row.Species,
    island: row.Island,
    sex: row.Sex?.toLowerCase() ?? null,
    ...Object.fromEntries(Object.entries(names).map(([column, name]) => [name, row[column]])),
  }));
  const isWhole = (row) => Object.values(names).every((name) => typeof row[name] === 'number');
  const measured = rows.filter(isWhole);
  const incomplete = rows.filter((row) => !isWhole(row));
  // What was yielded before a failure stays materialized.
  yield new Output(measured, { outputName: 'measured', metadata: { rows: measured.length } });
  if (incomplete.length > 0)
    yield new Output(incomplete, { outputName: 'incomplete', metadata: { rows: incomplete.length } });
}
