// Bodies as the editor sees them: a text, where it stands in the document, and the command that edits it.

import { opTypedId } from '#engine/typed-assets.ts';
import type { Command } from '#model/commands/command.ts';
import type {
  Check,
  CodeAsset,
  GraphUnit,
  MultiUnit,
  ObservableAsset,
  OpNode,
  ProjectDocument,
} from '#model/document.ts';
import type { AssetId, CheckId } from '#model/ids.ts';
import type { BodyEdit } from '#model/text-edit.ts';

/** A text that is edited, wherever in the document it stands. */
export interface BodySource {
  /** Unique among all bodies. */
  readonly id: string;
  /** The asset that problems and types of the body are told of. */
  readonly assetId: AssetId;
  /** When it is the body of a check of the asset. */
  readonly checkId?: CheckId;
  /** When it is the body of an op. */
  readonly op?: string;
  /** "Body of orders". */
  readonly label: string;
  readonly body: string;
  /** The text as a document has it; undefined when it is gone. */
  read(document: ProjectDocument): string | undefined;
  command(edit: BodyEdit): Command;
}

export const bodyOfAsset = ({ id, key, body }: CodeAsset | ObservableAsset): BodySource => ({
  id,
  assetId: id,
  label: `Body of ${key}`,
  body,
  read(document) {
    const asset = document.assets.get(id);
    return asset?.kind === 'asset' || asset?.kind === 'observable' ? asset.body : undefined;
  },
  command: (edit) => ({ type: 'EditBody', id, edit }),
});

/** The one body of a unit; `assetId` is one of its outputs. */
export const bodyOfUnit = ({ id, name, body }: MultiUnit, assetId: AssetId): BodySource => ({
  id,
  assetId,
  label: `Body of ${name}`,
  body,
  read(document) {
    const unit = document.units.get(id);
    return unit && unit.kind !== 'graph' ? unit.body : undefined;
  },
  command: (edit) => ({ type: 'EditUnitBody', id, edit }),
});

/** The body of one op; `assetId` is one of what its graph makes. */
export const bodyOfOp = ({ id }: GraphUnit, { name, body }: OpNode, assetId: AssetId): BodySource => ({
  id: opTypedId(id, name),
  assetId,
  op: name,
  label: `Body of ${name}`,
  body,
  read(document) {
    const unit = document.units.get(id);
    return unit?.kind === 'graph' ? unit.ops.find((op) => op.name === name)?.body : undefined;
  },
  command: (edit) => ({ type: 'EditUnitBody', id, op: name, edit }),
});

/** The body of a check; `assetId` is an asset that it checks. */
export const bodyOfCheck = ({ id, name, body }: Check, assetId: AssetId): BodySource => ({
  id,
  assetId,
  checkId: id,
  label: `Body of check ${name}`,
  body,
  read: (document) => document.checks.get(id)?.body,
  command: (edit) => ({ type: 'EditCheckBody', id, edit }),
});
