// The commands on resources and IO managers. Renaming one rewrites all that names it where it is written out.

import { err, ok, type Result } from '#base/result.ts';
import { type GraphDiff, type RecordChange, sameRecord } from '../diff.ts';
import type { Asset, Check, Json, OpNode, ProjectDocument, Resource, Unit } from '../document.ts';
import { renameResourceUses } from '../resource-names.ts';
import { applyEdit, type BodyEdit } from '../text-edit.ts';

/** Fields of a resource that its form can change; `null` takes a field away. */
export interface ResourceChange {
  readonly kind?: Resource['kind'];
  readonly description?: string | null;
  readonly config?: Json | null;
}

export type ResourceCommand =
  | { readonly type: 'AddResource'; readonly resource: Resource }
  | { readonly type: 'UpdateResource'; readonly key: string; readonly change: ResourceChange }
  | { readonly type: 'EditResourceBody'; readonly key: string; readonly edit: BodyEdit }
  | { readonly type: 'RenameResource'; readonly key: string; readonly to: string }
  /** What names it stays as it is, and is a problem from then on. */
  | { readonly type: 'RemoveResource'; readonly key: string };

/** What can go wrong with them; the first two also with other commands. */
export type ResourceCommandError =
  | { readonly type: 'EditDoesNotApply'; readonly key: string }
  | { readonly type: 'NameInvalid'; readonly reason: string }
  | { readonly type: 'ResourceNotFound'; readonly key: string }
  | { readonly type: 'ResourceTaken'; readonly key: string };

/** The IO managers that every project has, besides the default: the store of the app, and one that forgets. */
export const readyManagers: readonly string[] = ['browser', 'memory'];

export function applyResourceCommand(
  document: ProjectDocument,
  command: ResourceCommand,
): Result<GraphDiff, ResourceCommandError> {
  if (command.type === 'AddResource') {
    const { resource } = command;
    const problem = keyProblem(document, resource.key);
    return problem ? err(problem) : ok({ changes: [change(resource.key, undefined, resource)] });
  }
  const { key } = command;
  const resource = document.resources.get(key);
  // Another tab may have removed it already; the wish is then fulfilled.
  if (!resource)
    return command.type === 'RemoveResource' ? ok({ changes: [] }) : err({ type: 'ResourceNotFound', key });
  switch (command.type) {
    case 'RemoveResource':
      return ok({ changes: [change(key, resource, undefined)] });
    case 'EditResourceBody': {
      const body = applyEdit(resource.body, command.edit);
      if (body === undefined) return err({ type: 'EditDoesNotApply', key });
      return ok({ changes: changesOf(resource, { ...resource, body }) });
    }
    case 'UpdateResource': {
      const fields: Record<string, unknown> = { ...resource };
      for (const [field, value] of Object.entries(command.change)) {
        if (value === null) delete fields[field];
        else if (value !== undefined) fields[field] = value;
      }
      return ok({ changes: changesOf(resource, fields as unknown as Resource) });
    }
    case 'RenameResource': {
      const { to } = command;
      if (to === key) return ok({ changes: [] });
      const problem = keyProblem(document, to);
      if (problem) return err(problem);
      return ok({
        changes: [
          change(key, resource, undefined),
          change(to, undefined, { ...resource, key: to }),
          ...usersAfterRename(document, key, to),
        ],
      });
    }
  }
}

export function resourceCommandLabel(command: ResourceCommand): string {
  switch (command.type) {
    case 'AddResource':
      return `Add resource ${command.resource.key}`;
    case 'UpdateResource':
      return `Change resource ${command.key}`;
    case 'EditResourceBody':
      return `Edit resource ${command.key}`;
    case 'RenameResource':
      return `Rename resource to ${command.to}`;
    case 'RemoveResource':
      return `Remove resource ${command.key}`;
  }
}

function keyProblem(document: ProjectDocument, key: string): ResourceCommandError | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key))
    return {
      type: 'NameInvalid',
      reason: 'A resource’s key has letters, digits and “_” only, and no digit first.',
    };
  if (key.length > 100)
    return { type: 'NameInvalid', reason: 'A resource’s key can have at most 100 characters.' };
  if (readyManagers.includes(key))
    return { type: 'NameInvalid', reason: `“${key}” is an IO manager that every project has.` };
  return document.resources.has(key) ? { type: 'ResourceTaken', key } : undefined;
}

interface BodyUser {
  readonly body: string;
  readonly resources?: readonly string[];
}

function* usersAfterRename(document: ProjectDocument, from: string, to: string): Generator<RecordChange> {
  const inBody = <T extends BodyUser>(user: T): T => ({
    ...user,
    body: renameResourceUses(user.body, from, to),
    ...(user.resources ? { resources: user.resources.map((key) => (key === from ? to : key)) } : {}),
  });
  for (const [id, asset] of document.assets) {
    const kept: Asset = asset.ioManager === from ? { ...asset, ioManager: to } : asset;
    const after = kept.kind === 'asset' || kept.kind === 'observable' ? inBody(kept) : kept;
    if (!sameRecord(asset, after)) yield { table: 'assets', id, before: asset, after };
  }
  for (const [id, unit] of document.units) {
    const after: Unit =
      unit.kind === 'graph' ? { ...unit, ops: unit.ops.map((op): OpNode => inBody(op)) } : inBody(unit);
    if (!sameRecord(unit, after)) yield { table: 'units', id, before: unit, after };
  }
  for (const [id, check] of document.checks) {
    const after: Check = inBody(check);
    if (!sameRecord(check, after)) yield { table: 'checks', id, before: check, after };
  }
}

const changesOf = (before: Resource, after: Resource): RecordChange[] =>
  sameRecord(before, after) ? [] : [change(before.key, before, after)];

const change = (id: string, before: Resource | undefined, after: Resource | undefined): RecordChange => ({
  table: 'resources',
  id,
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});
