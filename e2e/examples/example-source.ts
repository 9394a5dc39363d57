// What an example is made of: its description here, its bodies and modules as files beside it.

import type { CodeAsset, ExternalAsset, FileAsset, Group } from '#model/document.ts';

type Described<T> = Omit<T, 'id' | 'position' | 'body'> & {
  /** Column and row on the canvas, from the left and the top. */
  readonly at: readonly [column: number, row: number];
};

export type AssetSource = Described<CodeAsset> | Described<FileAsset> | Described<ExternalAsset>;

export interface ExampleSource {
  /** The folder of its bodies and modules, and the name of the project file. */
  readonly folder: string;
  readonly name: string;
  readonly description: string;
  readonly groups: readonly Group[];
  readonly assets: readonly AssetSource[];
  /** Files of vega-datasets. Those over 256 kB lie beside the project file. */
  readonly files: readonly { readonly path: string; readonly format: 'csv' | 'arrow' }[];
  /** Shared modules, by name. */
  readonly modules?: readonly { readonly name: string; readonly file: string }[];
  readonly notes?: readonly {
    readonly id: string;
    readonly at: readonly [column: number, row: number];
    readonly width: number;
    readonly height: number;
    readonly text: string;
  }[];
}
