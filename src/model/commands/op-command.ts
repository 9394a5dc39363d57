// The commands about the ops of a graph asset.

import type { Json, OpNode, OpOut, OpResult, Point, RetryPolicyData } from '../document.ts';
import type { UnitId } from '../ids.ts';
import type { OpSource } from './op-edits.ts';

/** Where an edge of a graph ends: an op takes one more value, or an asset becomes what an op gives. */
export type OpTarget = { readonly op: string } | { readonly output: string };

/** Fields of an op that settings can change; `null` takes a field away. */
export interface OpChange {
  readonly description?: string | null;
  readonly config?: Json | null;
  readonly configSchema?: Json | null;
  readonly retryPolicy?: RetryPolicyData | null;
  readonly timeoutSeconds?: number | null;
  /** As many as before: they are renamed in their order, and their readers follow. */
  readonly outs?: readonly OpOut[] | null;
}

export type OpCommand =
  | { readonly type: 'AddOp'; readonly unit: UnitId; readonly op: OpNode }
  | { readonly type: 'RenameOp'; readonly unit: UnitId; readonly op: string; readonly name: string }
  /** Whoever read a deleted op reads what it read, where that is one value. */
  | { readonly type: 'DeleteOps'; readonly unit: UnitId; readonly ops: readonly string[] }
  | { readonly type: 'MoveOps'; readonly unit: UnitId; readonly ops: readonly (readonly [string, Point])[] }
  | { readonly type: 'ConnectOps'; readonly unit: UnitId; readonly from: OpSource; readonly to: OpTarget }
  | { readonly type: 'DisconnectOps'; readonly unit: UnitId; readonly from: OpSource; readonly to: OpTarget }
  /** Whether an op takes all values of a dynamic result at once, or runs once per value. */
  | {
      readonly type: 'CollectResult';
      readonly unit: UnitId;
      readonly op: string;
      readonly from: OpResult;
      readonly collect: boolean;
    }
  | { readonly type: 'UpdateOp'; readonly unit: UnitId; readonly op: string; readonly change: OpChange };

export type OpCommandError =
  | { readonly type: 'OpNotFound'; readonly op: string }
  | { readonly type: 'OpNameTaken'; readonly op: string }
  | { readonly type: 'OpCannotConnect'; readonly to: string; readonly reason: string };
