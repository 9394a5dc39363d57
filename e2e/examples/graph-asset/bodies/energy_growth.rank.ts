import { Output } from 'headwater';

export default function rank(sources) {
  const ranked = sources.toSorted((a, b) => b.percent - a.percent);
  return new Output(ranked, { metadata: { sources: ranked.length, fastest: ranked[0].source } });
}
