// The graph that every side of P1 and P2 runs: no-op assets with bodies that differ, about 1.5 edges each.

export interface BenchGraph {
  readonly nodes: readonly { readonly key: string; readonly deps: readonly string[] }[];
}

/** The same graph for the same count, on every machine. */
export function randomGraph(count: number): BenchGraph {
  const random = mulberry32(count);
  const nodes = Array.from({ length: count }, (_, i) => {
    const wanted = Math.min(i, Math.floor(random() * 4));
    const deps = new Set<string>();
    for (let n = 0; n < wanted; n++) deps.add(`a${Math.floor(random() * i)}`);
    return { key: `a${i}`, deps: [...deps] };
  });
  return { nodes };
}

/** What asset `index` returns, on every side. */
export const expectedValue = (index: number): number => index * 7 + 3;

// A small generator that is the same everywhere.
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
