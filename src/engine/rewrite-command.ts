// Rewritten bodies as one command, wherever in the document they stand.

import { templateJson } from '#model/checks/check-template.ts';
import type { Command } from '#model/commands/command.ts';
import type { ProjectDocument } from '#model/document.ts';
import { asAssetId, asCheckId, asUnitId } from '#model/ids.ts';
import { opOuts } from '#model/op-graph.ts';
import { editBetween } from '#model/text-edit.ts';
import type { BodyRewrite } from './types-port.ts';

/** All of them or none, as one step of the history. */
export const rewriteCommand = (
  document: ProjectDocument,
  label: string,
  rewrites: readonly BodyRewrite[],
): Command => ({
  type: 'Compose',
  label,
  commands: rewrites.flatMap((rewrite) => commandsOf(document, rewrite)),
});

function commandsOf(
  document: ProjectDocument,
  { id, before, after, template, output }: BodyRewrite,
): readonly Command[] {
  const edit = editBetween(before, after);
  if (!edit) return [];
  const check = document.checks.get(asCheckId(id));
  if (check)
    return template
      ? [{ type: 'UpdateCheck', id: check.id, change: { body: after, template: templateJson(template) } }]
      : [{ type: 'EditCheckBody', id: check.id, edit }];
  const [unitId = '', opName] = id.split('.');
  const unit = document.units.get(asUnitId(unitId));
  if (!unit) return [{ type: 'EditBody', id: asAssetId(id), edit }];
  const op = unit.kind === 'graph' ? unit.ops.find(({ name }) => name === opName) : undefined;
  const body: Command = { type: 'EditUnitBody', id: unit.id, ...(op ? { op: op.name } : {}), edit };
  if (!output) return [body];
  if (op) {
    const outs = opOuts(op).map((out) => (out.name === output.from ? { ...out, name: output.to } : out));
    return [body, { type: 'UpdateOp', unit: unit.id, op: op.name, change: { outs } }];
  }
  for (const asset of document.assets.values())
    if (asset.kind === 'output' && asset.unit === unit.id && asset.output === output.from)
      return [body, { type: 'RenameOutput', id: asset.id, output: output.to }];
  return [body];
}
