// What the page asks of the types worker and hears from it: the types of assets, and what is wrong with the
// types in bodies. Types are worked out by parsing; nothing runs.

import type { CheckTemplate } from '#model/checks/check-template.ts';
import type { AssetId, CheckId } from '#model/ids.ts';

/** Names what has a type: the id of an asset, a unit or a check, `unit.op`, or `unit.op.output`. */
export type TypedId = string;

/** An asset, a body of several, an op or a check, as far as its type goes. */
export interface TypedAsset {
  readonly id: TypedId;
  readonly key: string;
  /** Absent for what has no code of its own. */
  readonly body?: string;
  /** The names that the body destructures. Of an op: what it takes by position. */
  readonly inputs: readonly TypedInput[];
  readonly isOp?: true;
  /** What is known of the columns of a table that no code makes. */
  readonly columns?: readonly TypedColumn[];
  /** It is what another body makes, or one of several things that it makes. */
  readonly part?: { readonly of: TypedId; readonly name?: string };
  /** The several things that the body makes, in their order. */
  readonly parts?: readonly TypedPart[];
  /** Where the body stands, when it is not the asset's own. */
  readonly place?: BodyPlace;
  /** The TypeScript type of its config, where a schema says it. */
  readonly config?: string;
  /** The form that the body of a check was made from. */
  readonly template?: CheckTemplate;
  /** The body looks at data that are made elsewhere: what it gives is no value. */
  readonly isObserving?: true;
}

export interface TypedPart {
  /** What the body calls it. */
  readonly name: string;
  /** The asset that it is: results may name that instead. */
  readonly key?: string;
}

export interface TypedInput {
  readonly name: string;
  /** Absent when nothing is behind it. */
  readonly from?: TypedId;
  /** All values of a dynamic result, as an array. */
  readonly isAll?: true;
}

export interface BodyPlace {
  /** The asset that its problems are shown at. */
  readonly assetId: AssetId;
  readonly op?: string;
  readonly checkId?: CheckId;
}

export interface TypedColumn {
  readonly name: string;
  /** A TypeScript type. */
  readonly type: string;
}

export interface TypesChange {
  /** Forget everything first: another project. */
  readonly reset: boolean;
  readonly assets: readonly TypedAsset[];
  readonly gone: readonly TypedId[];
  /** All shared modules, when one of them changed. */
  readonly modules?: readonly { readonly name: string; readonly body: string }[];
  /** All resources, when one of them changed. */
  readonly resources?: readonly { readonly key: string; readonly body: string }[];
}

/** One complaint about types in a body. Places are 1-based. */
export interface TypeProblem extends BodyPlace {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  /** The input whose type the complaint is about. */
  readonly input?: { readonly name: string; readonly from: TypedId };
  /** A field that the input does not have. */
  readonly missing?: MissingField;
}

export interface MissingField {
  readonly field: string;
  /** Where in the input's type: `[]` for rows, `.name` for properties. */
  readonly path: string;
  /** What the field is called now, when that can be told. */
  readonly renamedTo?: string;
}

export interface TypesOfAsset {
  readonly id: TypedId;
  /** The type of its value as a consumer gets it: read-only throughout. */
  readonly output: string;
  readonly problems: readonly TypeProblem[];
}

export type TypesEvent =
  | {
      readonly type: 'checked';
      readonly results: readonly TypesOfAsset[];
      /** How many assets are still to be checked. */
      readonly left: number;
    }
  | { readonly type: 'failed'; readonly message: string };

/** A new text of a body. `before` is the text that the new one was made from. */
export interface BodyRewrite {
  readonly id: TypedId;
  readonly before: string;
  readonly after: string;
  /** The form that the new text is made from, of a check that was made from one. */
  readonly template?: CheckTemplate;
  /** What the body calls one of the things that it makes, before and now. */
  readonly output?: { readonly from: string; readonly to: string };
}

export interface FieldRename {
  /** What has, or had, the field in its value. */
  readonly producer: TypedId;
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

export interface TypesPort {
  show(change: TypesChange): void;
  /** Checks this asset, and what it depends on, before all others. */
  focus(id: TypedId | undefined): void;
  subscribe(listener: (event: TypesEvent) => void): () => void;
  /** What to rewrite in consumers once a field is called otherwise. */
  renameField(rename: FieldRename): Promise<readonly BodyRewrite[]>;
  /**
   * A name is about to be changed in a body: what the body and its consumers are to be rewritten to. Where it
   * is the name of a returned field, every row that the body writes out gets it, and every consumer.
   */
  followRename(rename: NameRename): Promise<readonly BodyRewrite[]>;
}

export interface NameRename {
  readonly id: TypedId;
  /** The body with its own uses of the name changed. */
  readonly after: string;
  readonly from: string;
  readonly to: string;
}
