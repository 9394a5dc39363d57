// What an example is made of: its description here, its bodies and modules as files beside it.

import type { CheckTemplate } from '#model/checks/check-template.ts';
import type {
  Check,
  CheckSpecData,
  CodeAsset,
  ExternalAsset,
  FileAsset,
  GraphUnit,
  Group,
  MultiUnit,
  ObservableAsset,
  OpNode,
  OutputAsset,
  Resource,
} from '#model/document.ts';

interface Placed {
  /** Column and row on the canvas, from the left and the top. */
  readonly at: readonly [column: number, row: number];
}
type Described<T> = Omit<T, 'id' | 'position' | 'body'> & Placed;

/** An asset of a unit stands where its unit does. */
export type OutputSource = Omit<OutputAsset, 'id' | 'position' | 'unit'> & { readonly unit: string };

export type AssetSource =
  | Described<CodeAsset>
  | Described<FileAsset>
  | Described<ExternalAsset>
  | Described<ObservableAsset>
  | OutputSource;

/** Bodies lie in `bodies/<name>.ts`, those of ops in `bodies/<unit>.<op>.ts`. */
export type UnitSource =
  | (Omit<Described<MultiUnit>, 'id'> & { readonly id: string })
  | (Omit<Described<GraphUnit>, 'id' | 'ops'> & {
      readonly id: string;
      readonly ops: readonly Omit<OpNode, 'body'>[];
    });

/** A check of one asset: filled in as a form, or a file beside the example. */
export type CheckSource = Pick<CheckSpecData, 'name' | 'description' | 'blocking'> &
  Pick<Check, 'ins'> & { readonly id: string; readonly asset: string } & (
    | { readonly template: CheckTemplate }
    | { readonly file: string }
  );

export type ResourceSource = Omit<Resource, 'body'> & { readonly file: string };

export interface ExampleSource {
  /** The folder of its bodies and modules, and the name of the project file. */
  readonly folder: string;
  readonly name: string;
  readonly description: string;
  readonly groups: readonly Group[];
  readonly assets: readonly AssetSource[];
  /** Files of vega-datasets. Those over 256 kB lie beside the project file. */
  readonly files: readonly { readonly path: string; readonly format: 'csv' | 'json' | 'arrow' }[];
  readonly units?: readonly UnitSource[];
  readonly checks?: readonly CheckSource[];
  readonly resources?: readonly ResourceSource[];
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
