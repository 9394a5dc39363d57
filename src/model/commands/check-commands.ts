// The commands on checks that have a body of their own, and what becomes of checks when assets go or are renamed.

import { err, ok, type Result } from '#base/result.ts';
import { type GraphDiff, type RecordChange, sameRecord } from '../diff.ts';
import type { Check, CheckSpecData, Json, ProjectDocument } from '../document.ts';
import { namedInputs } from '../graph.ts';
import type { CheckId } from '../ids.ts';
import { applyEdit, type BodyEdit } from '../text-edit.ts';
import { bodyUnderName } from './body-name.ts';
import { bodyWithKeys } from './key-names.ts';
import { specsWithKeys } from './with-keys.ts';

/** Fields of a check with one spec that its form can change; `null` takes a field away. */
export interface CheckChange {
  readonly name?: string;
  readonly description?: string | null;
  readonly blocking?: boolean;
  /** A new body for the form's new settings. */
  readonly body?: string;
  readonly ins?: Readonly<Record<string, string>> | null;
  readonly template?: Json | null;
}

export type CheckCommand =
  | { readonly type: 'AddCheck'; readonly check: Check }
  | { readonly type: 'UpdateCheck'; readonly id: CheckId; readonly change: CheckChange }
  /** By hand: from then on it is no longer what its form made. */
  | { readonly type: 'EditCheckBody'; readonly id: CheckId; readonly edit: BodyEdit }
  | { readonly type: 'DeleteCheck'; readonly id: CheckId };

/** What can go wrong with them; the first two also with other commands. */
export type CheckCommandError =
  | { readonly type: 'EditDoesNotApply'; readonly key: string }
  | { readonly type: 'NameInvalid'; readonly reason: string }
  | { readonly type: 'CheckNotFound'; readonly id: CheckId }
  | { readonly type: 'CheckNameTaken'; readonly key: string; readonly check: string };

export function applyCheckCommand(
  document: ProjectDocument,
  command: CheckCommand,
): Result<GraphDiff, CheckCommandError> {
  if (command.type === 'AddCheck') {
    const problem = nameProblem(document, command.check);
    return problem ? err(problem) : ok({ changes: [change(undefined, command.check)] });
  }
  const check = document.checks.get(command.id);
  // Another tab may have deleted it already; the wish is then fulfilled.
  if (!check)
    return command.type === 'DeleteCheck'
      ? ok({ changes: [] })
      : err({ type: 'CheckNotFound', id: command.id });
  switch (command.type) {
    case 'DeleteCheck':
      return ok({ changes: [change(check, undefined)] });
    case 'EditCheckBody': {
      const body = applyEdit(check.body, command.edit);
      if (body === undefined) return err({ type: 'EditDoesNotApply', key: check.name });
      const { template: _, ...rest } = check;
      return ok({ changes: changesOf(check, { ...rest, body }) });
    }
    case 'UpdateCheck': {
      const after = changed(check, command.change);
      const problem = nameProblem(document, after);
      return problem ? err(problem) : ok({ changes: changesOf(check, after) });
    }
  }
}

export function checkCommandLabel(command: CheckCommand): string {
  switch (command.type) {
    case 'AddCheck':
      return `Add check ${command.check.name}`;
    case 'UpdateCheck':
      return 'Change check';
    case 'EditCheckBody':
      return 'Edit check';
    case 'DeleteCheck':
      return 'Delete check';
  }
}

function changed(check: Check, { name, description, blocking, body, ins, template }: CheckChange): Check {
  const { ins: oldIns, template: oldTemplate, ...rest } = check;
  const nextIns = ins === undefined ? oldIns : (ins ?? undefined);
  const nextTemplate = template === undefined ? oldTemplate : (template ?? undefined);
  const specs = check.specs.map((spec): CheckSpecData => {
    const { description: oldDescription, blocking: oldBlocking, ...others } = spec;
    const nextDescription = description === undefined ? oldDescription : (description ?? undefined);
    const nextBlocking = blocking ?? oldBlocking;
    return {
      ...others,
      ...(name === undefined ? {} : { name }),
      ...(nextDescription === undefined ? {} : { description: nextDescription }),
      ...(nextBlocking ? { blocking: true } : {}),
    };
  });
  return {
    ...rest,
    specs,
    ...(name === undefined ? {} : { name }),
    // What a form has made stays as the form makes it.
    ...(name === undefined || oldTemplate !== undefined
      ? {}
      : { body: bodyUnderName(check.body, check.name, name) }),
    ...(body === undefined ? {} : { body }),
    ...(nextIns === undefined ? {} : { ins: nextIns }),
    ...(nextTemplate === undefined ? {} : { template: nextTemplate }),
  };
}

/** What is wrong with a check's names among the others of its assets. */
function nameProblem(document: ProjectDocument, check: Check): CheckCommandError | undefined {
  if (document.checks.has(check.id) && document.checks.get(check.id)?.specs === check.specs) return undefined;
  for (const { name, asset = '' } of check.specs) {
    if (!/^\w+$/.test(name))
      return { type: 'NameInvalid', reason: 'A check’s name has letters, digits and “_” only.' };
    for (const other of document.checks.values())
      if (other.id !== check.id && other.specs.some((spec) => spec.name === name && spec.asset === asset))
        return { type: 'CheckNameTaken', key: asset, check: name };
  }
  return undefined;
}

/** A deleted asset takes its checks along; of a check of several assets only its own part goes. */
export function checksWithout(document: ProjectDocument, goneKeys: ReadonlySet<string>): RecordChange[] {
  const changes: RecordChange[] = [];
  for (const check of document.checks.values()) {
    const specs = check.specs.filter(({ asset }) => asset === undefined || !goneKeys.has(asset));
    if (specs.length === check.specs.length) continue;
    changes.push(change(check, specs.length === 0 ? undefined : { ...check, specs }));
  }
  return changes;
}

/** Checks follow an asset to its new key, whether they check it or only read it. */
export const checksAfterRename = (document: ProjectDocument, from: string, to: string): RecordChange[] =>
  [...document.checks.values()].flatMap((check) =>
    changesOf(
      check,
      checkWithKeys(check, (key) => (key === from ? to : key)),
    ),
  );

/** A check of the same assets under other keys. */
export function checkWithKeys(check: Check, rename: (key: string) => string): Check {
  const only = check.specs.length === 1 ? check.specs[0]!.asset : undefined;
  const ins = Object.fromEntries(Object.entries(check.ins ?? {}).map(([name, key]) => [name, rename(key)]));
  // The one value of a check of one asset is that asset, whatever it is called: nothing to say of it.
  if (only === undefined)
    for (const { name, key } of namedInputs(check)) if (rename(key) !== key) ins[name] = rename(key);
  return {
    ...check,
    specs: specsWithKeys(check.specs, rename),
    body: bodyWithKeys(check.body, rename),
    ...(Object.keys(ins).length > 0 ? { ins } : {}),
  };
}

const changesOf = (before: Check, after: Check): RecordChange[] =>
  sameRecord(before, after) ? [] : [change(before, after)];

const change = (before: Check | undefined, after: Check | undefined): RecordChange => ({
  table: 'checks',
  id: (before ?? after)!.id,
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});
