// A value as the screen shows it, without decoding more of it than is shown.

import type { ValueSummary } from '#model/events.ts';

/** Rows of a table value, read from its encoded bytes without decoding the rest. */
export interface TablePage {
  readonly from: number;
  readonly rows: readonly (readonly unknown[])[];
}

export interface TreeNode {
  readonly label: string;
  readonly kind: string;
  readonly text?: string;
  readonly children?: readonly TreeNode[];
  /** Children that were left out. */
  readonly more?: number;
}

export type ValuePreview =
  | {
      readonly type: 'table';
      readonly rowCount: number;
      readonly columns: readonly { readonly name: string; readonly type: string }[];
      readonly first: TablePage;
    }
  | { readonly type: 'tree'; readonly summary: ValueSummary; readonly root: TreeNode }
  /** `isDeleted`: it was given up by retention, on purpose. */
  | {
      readonly type: 'lost';
      readonly isDeleted: boolean;
      /** It was kept in the memory of a tab. */
      readonly wasInMemory?: true;
    };
