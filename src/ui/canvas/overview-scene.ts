// What the overview shows, worked out from the document and the runs.

import type { NodeStatus } from '#model/asset-state.ts';
import type { Point } from '#model/document.ts';
import type { AssetId } from '#model/ids.ts';

export interface RollUp {
  readonly name: string;
  readonly hue: number | undefined;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** "120 assets · 3 failed". */
  readonly words: string;
  readonly hasFailed: boolean;
}

export interface OverviewBlock {
  readonly id: AssetId;
  readonly key: string;
  readonly at: Point;
  readonly height: number;
  readonly group: string | undefined;
  /** Number of the group's hue, or undefined. */
  readonly hue: number | undefined;
  readonly status: NodeStatus;
  readonly selected: boolean;
}

export interface OverviewLine {
  readonly from: Point;
  readonly to: Point;
  readonly isOrder: boolean;
  readonly onPath: boolean;
}

export interface OverviewScene {
  readonly blocks: readonly OverviewBlock[];
  readonly lines: readonly OverviewLine[];
  readonly rollUps: readonly RollUp[];
  /** Some path is lit: the other lines step back. */
  readonly hasPath: boolean;
}

export interface OverviewColours {
  readonly surface: string;
  readonly text: string;
  readonly line: string;
  readonly accent: string;
  readonly red: string;
  readonly neutral: string;
  readonly groups: readonly string[];
}

/** Pan in pixels and zoom, as React Flow has them. */
export type Transform = readonly [x: number, y: number, zoom: number];
