// The commands about units: multi-assets and graph assets.

import type { Json, OpNode, OpResult, RetryPolicyData } from '../document.ts';
import type { AssetId, UnitId } from '../ids.ts';
import type { BodyEdit } from '../text-edit.ts';

/** Fields of a unit that settings can change; `null` takes a field away. */
export interface UnitChange {
  readonly name?: string;
  readonly description?: string | null;
  readonly canSubset?: boolean | null;
  readonly config?: Json | null;
  readonly configSchema?: Json | null;
  readonly retryPolicy?: RetryPolicyData | null;
  readonly timeoutSeconds?: number | null;
  readonly resources?: readonly string[] | null;
  /** Of multi-assets. */
  readonly internalDeps?: Readonly<Record<string, readonly string[]>> | null;
  /** Of graph assets. */
  readonly ops?: readonly OpNode[];
  readonly results?: Readonly<Record<string, OpResult>>;
  readonly ins?: Readonly<Record<string, string>> | null;
}

export type UnitCommand =
  | { readonly type: 'UpdateUnit'; readonly id: UnitId; readonly change: UnitChange; readonly label?: string }
  /** The body of a unit, or of one of its ops. */
  | { readonly type: 'EditUnitBody'; readonly id: UnitId; readonly op?: string; readonly edit: BodyEdit }
  /** What the body calls an output; the asset's key stays. The body follows where it names the output literally. */
  | { readonly type: 'RenameOutput'; readonly id: AssetId; readonly output: string };

export type UnitCommandError =
  | { readonly type: 'UnitNotFound'; readonly id: UnitId }
  | { readonly type: 'UnitExists'; readonly id: UnitId }
  | { readonly type: 'NotAnOutput'; readonly key: string }
  | { readonly type: 'OutputTaken'; readonly output: string };
