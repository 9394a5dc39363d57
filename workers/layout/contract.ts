// What the layout worker is asked and answers: boxes and arrows in, places out. It knows nothing of assets.

export interface LayoutNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Nodes of one group are kept near each other. */
  readonly group?: string;
}

export interface LayoutGraph {
  readonly nodes: readonly LayoutNode[];
  /** From and to, as ids of `nodes`. Cycles and unknown ids are put up with. */
  readonly edges: readonly (readonly [from: string, to: string])[];
}

export interface LayoutPlace {
  readonly id: string;
  /** Of the box's top left corner, on the 8 px grid; the whole starts at 0, 0. */
  readonly x: number;
  readonly y: number;
}

/** Calls of the layout worker, as Comlink carries them. */
export interface LayoutCalls {
  layout(graph: LayoutGraph): readonly LayoutPlace[];
}
