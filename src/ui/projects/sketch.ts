// A graph as a few numbers (e2e/examples/sketch-of.ts writes them), read with distrust.

export interface Sketch {
  readonly nodes: readonly { readonly x: number; readonly y: number; readonly hue: number | undefined }[];
  /** Places in `nodes`. */
  readonly edges: readonly (readonly [from: number, to: number])[];
}

/** Undefined for anything that is not a sketch of at least one node. */
export function readSketch(raw: unknown): Sketch | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { nodes, edges } = raw as Record<string, unknown>;
  if (typeof nodes !== 'string' || typeof edges !== 'string' || nodes === '') return undefined;
  const places = nodes.split(' ').map((text) => {
    const [x = '', y = '', hue = ''] = text.split(',');
    return { x: Number(x), y: Number(y), hue: hue === '' ? undefined : Number(hue) };
  });
  if (places.some(({ x, y, hue = 0 }) => ![x, y, hue].every(Number.isFinite))) return undefined;
  const arrows = edges
    .split(' ')
    .map((text): [number, number] => {
      const [from = '', to = ''] = text.split('-');
      return [Number(from), Number(to)];
    })
    .filter(([from, to]) => places[from] !== undefined && places[to] !== undefined);
  return { nodes: places, edges: arrows };
}
