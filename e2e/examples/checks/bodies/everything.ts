export default function everything({ penguins }) {
  return penguins.map((row) => ({
    species: row.Species,
    island: row.Island,
    sex: row.Sex,
    bodyMass: row['Body Mass (g)'],
  }));
}
