// The page's side of the floor: see floor.worker.ts.

import { type BenchGraph, expectedValue } from '../random-graph.ts';

export interface FloorPlan {
  readonly module: string;
  /** For each step, what it reads: the name, and the step that makes it. */
  readonly inputs: readonly (readonly (readonly [name: string, step: number])[])[];
}

/** Prepares a run of `graph`; each call of what it returns gives the milliseconds of one run. */
export function prepareFloor(graph: BenchGraph): () => Promise<number> {
  const bodies = graph.nodes.map(({ deps }, i) => `({ ${deps.join(', ')} }) => ${expectedValue(i)}`);
  const plan: FloorPlan = {
    module: `export const bodies = [\n${bodies.join(',\n')}\n];`,
    inputs: graph.nodes.map(({ deps }) => deps.map((key) => [key, Number(key.slice(1))] as const)),
  };
  return () => {
    const worker = new Worker(new URL('./floor.worker.ts', import.meta.url), { type: 'module' });
    const begunAt = performance.now();
    return new Promise((resolve, reject) => {
      worker.onmessage = () => {
        worker.terminate();
        resolve(performance.now() - begunAt);
      };
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(plan);
    });
  };
}
