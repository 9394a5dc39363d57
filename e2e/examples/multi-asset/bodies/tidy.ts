import { Output } from 'headwater';

export default function* tidy({ penguins }) {
  const names = {
    'Beak Length (mm)': 'beakLength',
    'Beak Depth (mm)': 'beakDepth',
    'Flipper Length (mm)': 'flipperLength',
    'Body Mass (g)': 'bodyMass',
  };
  const measured = [];
  const incomplete = [];
  for (const row of penguins) {
    const numbers = Object.entries(names).map(([column, name]) => [name, row[column]]);
    const penguin = {
      species: row.Species,
      island: row.Island,
      sex: row.Sex?.toLowerCase() ?? null,
      ...Object.fromEntries(numbers),
    };
    const isWhole = numbers.every(([, value]) => typeof value === 'number');
    (isWhole ? measured : incomplete).push(penguin);
  }
  // What was yielded before a failure stays materialized.
  yield new Output(measured, { outputName: 'measured', metadata: { rows: measured.length } });
  if (incomplete.length > 0)
    yield new Output(incomplete, { outputName: 'incomplete', metadata: { rows: incomplete.length } });
}
