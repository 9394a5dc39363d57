export default function headline({ energy_growth }) {
  const [first] = energy_growth;
  return `In Iowa, ${first.source.toLowerCase()} grew by ${first.percent} %.`;
}
