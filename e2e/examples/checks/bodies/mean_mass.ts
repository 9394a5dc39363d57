export default function mean_mass({ measured }) {
  return Math.round(measured.reduce((sum, { bodyMass }) => sum + (bodyMass ?? 0), 0) / measured.length);
}
