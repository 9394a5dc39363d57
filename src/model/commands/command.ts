// The commands: the only ways in which a document changes. One per gesture, plain data, named and labelled.

import type {
  Asset,
  Check,
  ColumnSchema,
  CsvOptions,
  DataFile,
  FileAsset,
  Json,
  Note,
  Point,
  RetryPolicyData,
  TestCase,
  Unit,
} from '../document.ts';
import type { AssetId, NoteId, UnitId } from '../ids.ts';
import type { BodyEdit } from '../text-edit.ts';
import type { CheckCommand, CheckCommandError } from './check-commands.ts';
import type { ConvertCommand, ConvertError } from './convert-command.ts';
import type { CodeCommand, CodeCommandError } from './edit-code.ts';
import type { OpCommand, OpCommandError } from './op-command.ts';
import type { ResourceCommand, ResourceCommandError } from './resource-commands.ts';
import type { UnitCommand, UnitCommandError } from './unit-command.ts';

/** Fields of an asset that settings can change; `null` takes a field away. */
export interface AssetChange {
  readonly deps?: readonly string[] | null;
  readonly group?: string | null;
  readonly description?: string | null;
  readonly tags?: Readonly<Record<string, string>> | null;
  readonly kinds?: readonly string[] | null;
  readonly owners?: readonly string[] | null;
  readonly metadata?: Readonly<Record<string, Json>> | null;
  readonly codeVersion?: string | null;
  readonly config?: Json | null;
  readonly configSchema?: Json | null;
  readonly retryPolicy?: RetryPolicyData | null;
  readonly timeoutSeconds?: number | null;
  readonly ioManager?: string | null;
  readonly resources?: readonly string[] | null;
  /** Of assets with a body of their own, and of outputs. */
  readonly isRequired?: boolean | null;
  /** Of assets with a body of their own. */
  readonly testCases?: readonly TestCase[] | null;
  /** Of file assets. */
  readonly schema?: readonly ColumnSchema[] | null;
  readonly csv?: CsvOptions | null;
  readonly badRows?: FileAsset['badRows'] | null;
  /** Of external assets. */
  readonly location?: string | null;
}

export type Command =
  | CheckCommand
  | CodeCommand
  | ConvertCommand
  | ResourceCommand
  | {
      readonly type: 'AddAssets';
      readonly assets: readonly Asset[];
      /** What makes the outputs among the assets, where that is new too. */
      readonly units?: readonly Unit[];
      /** Those that come along with the assets. */
      readonly checks?: readonly Check[];
      readonly files?: readonly DataFile[];
      readonly notes?: readonly Note[];
      /** "Paste", "Duplicate", when they are copies. */
      readonly label?: string;
    }
  | {
      readonly type: 'DeleteItems';
      readonly assets: readonly AssetId[];
      readonly notes?: readonly NoteId[];
      /** Whoever read a deleted asset reads what it read, where that is one value. */
      readonly heal?: boolean;
    }
  | { readonly type: 'RenameAsset'; readonly id: AssetId; readonly key: string }
  | {
      readonly type: 'MoveItems';
      readonly assets: readonly (readonly [AssetId, Point])[];
      readonly notes?: readonly (readonly [NoteId, Point])[];
      readonly units?: readonly (readonly [UnitId, Point])[];
      /** "Lay out", when the machine did it. */
      readonly label?: string;
    }
  | {
      readonly type: 'ConnectAssets';
      readonly from: AssetId;
      readonly to: AssetId;
      readonly kind: 'value' | 'order';
    }
  | { readonly type: 'DisconnectAssets'; readonly from: AssetId; readonly to: AssetId }
  | { readonly type: 'EditBody'; readonly id: AssetId; readonly edit: BodyEdit }
  | { readonly type: 'UpdateAsset'; readonly id: AssetId; readonly change: AssetChange }
  /** Another file for a file asset; `change` is how the new one is read. */
  | {
      readonly type: 'ReplaceFile';
      readonly id: AssetId;
      readonly file: DataFile;
      readonly change: Pick<AssetChange, 'schema' | 'csv' | 'badRows'>;
    }
  | UnitCommand
  | OpCommand
  | { readonly type: 'PutNote'; readonly note: Note }
  | { readonly type: 'PutModule'; readonly name: string; readonly body: string | null }
  | { readonly type: 'RenameProject'; readonly name: string; readonly description?: string }
  /** Several commands as one gesture: all of them or none, in this order. */
  | { readonly type: 'Compose'; readonly label: string; readonly commands: readonly Command[] };

export type CommandError =
  | CodeCommandError
  | UnitCommandError
  | OpCommandError
  | CheckCommandError
  | ConvertError
  | ResourceCommandError
  | { readonly type: 'AssetNotFound'; readonly id: AssetId }
  | { readonly type: 'AssetExists'; readonly id: AssetId }
  | { readonly type: 'KeyInvalid'; readonly key: string; readonly reason: string }
  | { readonly type: 'KeyTaken'; readonly key: string }
  | { readonly type: 'CycleFound'; readonly path: readonly string[] }
  | { readonly type: 'AlreadyConnected'; readonly from: string; readonly to: string }
  | { readonly type: 'NotConnected'; readonly from: string; readonly to: string }
  | { readonly type: 'NoInputs'; readonly key: string; readonly reason: string }
  | { readonly type: 'EditDoesNotApply'; readonly key: string }
  | { readonly type: 'NotACodeAsset'; readonly key: string }
  | { readonly type: 'NotAFileAsset'; readonly key: string }
  | { readonly type: 'NameInvalid'; readonly reason: string };
