// What the scratchpad's editor is told of the project: `load` for each asset, with the type of its value.

import type { AssetGraph } from '#model/graph.ts';

/** Types are left out beyond this many characters. */
const mostTyped = 400_000;

export function scratchTypes(graph: AssetGraph, outputs: ReadonlyMap<string, string>): string {
  let used = 0;
  const lines = [...graph.document.assets.values()].map(({ id, key }) => {
    const type = outputs.get(id) ?? 'any';
    used += type.length;
    return `declare function load(key: ${JSON.stringify(key)}): Promise<${used > mostTyped ? 'any' : type}>;`;
  });
  return `${lines.join('\n')}
/** The latest value of an asset. */
declare function load(key: string): Promise<any>;
declare const context: import('headwater').AssetContext;
`;
}
