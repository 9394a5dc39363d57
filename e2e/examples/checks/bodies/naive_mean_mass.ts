export default function naive_mean_mass({ everything }) {
  return Math.round(everything.reduce((sum, { bodyMass }) => sum + (bodyMass ?? 0), 0) / everything.length);
}
