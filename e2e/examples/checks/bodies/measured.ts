export default function measured({ penguins }) {
  return penguins
    .map((row) => ({
      species: row.Species,
      island: row.Island,
      sex: row.Sex,
      bodyMass: row['Body Mass (g)'],
    }))
    .filter(({ bodyMass }) => bodyMass !== null);
}
