// What consumers have to be rewritten to when a field is called otherwise: each use that the checker cannot
// find any more is given the new name, and so on downstream, because a consumer may pass the field on.

import ts from 'typescript';
import type { BodyRewrite, FieldRename, NameRename, TypedId } from '#engine/types-port.ts';
import type { FieldUse } from './input-behind.ts';
import type { ProjectTypes } from './project-types.ts';
import { fieldsOfType, followFields, type LostFields } from './type-fields.ts';

/** For a field that already has its new name where it is made. */
export function renameField(project: ProjectTypes, rename: FieldRename): readonly BodyRewrite[] {
  const { from, to } = rename;
  const hasRename = (id: TypedId) => project.lostFields(id)?.hasRename(from, to) === true;
  // The asset asked about may only pass on what another one makes.
  const makers = new Set([rename.producer]);
  for (const id of makers)
    for (const input of project.asset(id)?.inputs ?? [])
      if (input.from !== undefined && hasRename(input.from)) makers.add(input.from);
  return rewriteConsumers(project, makers, project.output, (id, path, field) => {
    if (field !== from) return undefined;
    if (id === rename.producer && path === rename.path) return to;
    return project.lostFields(id)?.renamedTo(path, field) === to ? to : undefined;
  });
}

/** For a name that is about to be changed in a body, the body's own rewriting included. */
export function followRename(project: ProjectTypes, rename: NameRename): readonly BodyRewrite[] {
  const { assetId, from, to } = rename;
  const asset = project.asset(assetId);
  if (asset?.body === undefined) return [];
  const before = asset.body;
  let { after } = rename;
  let { output } = project.checkAs(asset, after, project.output);
  if (output !== undefined && output !== project.output(assetId) && hasBoth(output, from, to)) {
    // Rows of one shape are written out one by one: the name was changed in one of them only.
    const all = renameWrittenFields(after, from, to);
    const checked = project.checkAs(asset, all, project.output).output;
    if (checked !== undefined && !hasBoth(checked, from, to)) {
      after = all;
      output = checked;
    }
  }
  const own = { assetId, before, after };
  const made = output;
  if (made === undefined || made === project.output(assetId)) return [own];
  const outputOf = (id: TypedId) => (id === assetId ? made : project.output(id));
  return [own, ...rewriteConsumers(project, new Set([assetId]), outputOf)];
}

const hasBoth = (type: string, from: string, to: string): boolean =>
  [...fieldsOfType(type).values()].some((fields) => fields.has(from) && fields.has(to));

/** The text with every field of that name renamed in the objects that it writes out. */
function renameWrittenFields(text: string, from: string, to: string): string {
  const file = ts.createSourceFile('/body.ts', text, ts.ScriptTarget.ESNext, true);
  const places: { readonly start: number; readonly end: number; readonly insert: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isShorthandPropertyAssignment(node) && node.name.text === from)
      places.push({ start: node.name.getStart(), end: node.name.end, insert: `${to}: ${from}` });
    else if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && node.name.text === from)
      places.push({ start: node.name.getStart(), end: node.name.end, insert: to });
    node.forEachChild(visit);
  };
  visit(file);
  return places.reduceRight(
    (written, { start, end, insert }) => written.slice(0, start) + insert + written.slice(end),
    text,
  );
}

function rewriteConsumers(
  project: ProjectTypes,
  makers: ReadonlySet<TypedId>,
  startOutput: (id: TypedId) => string,
  knownName?: (id: TypedId, path: string, field: string) => string | undefined,
): readonly BodyRewrite[] {
  const outputs = new Map([...makers].map((id) => [id, startOutput(id)]));
  const outputOf = (id: TypedId) => outputs.get(id) ?? project.output(id);
  const changes = new Map<TypedId, LostFields>();
  const nameOf = (id: TypedId, path: string, field: string): string | undefined => {
    const known = knownName?.(id, path, field);
    if (known !== undefined) return known;
    if (knownName && makers.has(id)) return undefined;
    let change = changes.get(id);
    if (!change) {
      change = followFields(fieldsOfType(project.output(id)));
      change.update(fieldsOfType(outputOf(id)));
      changes.set(id, change);
    }
    return change.renamedTo(path, field);
  };

  const rewrites: BodyRewrite[] = [];
  const seen = new Set<TypedId>();
  const waiting = new Set([...makers].flatMap((id) => project.consumersOf(id)));
  while (waiting.size > 0) {
    const id = [...waiting].reduce((a, b) => (project.levelOf(b) < project.levelOf(a) ? b : a));
    waiting.delete(id);
    if (seen.has(id)) continue;
    seen.add(id);
    const asset = project.asset(id);
    // The bodies of units, ops and checks are not rewritten.
    if (asset?.body === undefined || asset.place) continue;
    const before = asset.body;
    let types = project.checkAs(asset, before, outputOf);
    const uses = types.findings.flatMap(({ missing, input }) => {
      const from = asset.inputs.find(({ name }) => name === input)?.from;
      const to = missing && from !== undefined ? nameOf(from, missing.path, missing.field) : undefined;
      return missing && to !== undefined ? [{ use: missing, to }] : [];
    });
    const after = uses
      .sort((a, b) => b.use.start - a.use.start)
      .reduce((text, { use, to }) => renameUse(text, use, to), before);
    if (after !== before) {
      rewrites.push({ assetId: id, before, after });
      types = project.checkAs(asset, after, outputOf);
    }
    const output = types.output ?? project.output(id);
    outputs.set(id, output);
    if (after === before && output === project.output(id) && !knownName) continue;
    for (const consumer of project.consumersOf(id)) waiting.add(consumer);
  }
  return rewrites;
}

/** The text with one use of a field under its new name. */
export function renameUse(text: string, { form, start, end, field }: FieldUse, to: string): string {
  const isPlain = /^[A-Za-z_$][\w$]*$/.test(to);
  const quoted = `'${to.replace(/[\\']/g, '\\$&')}'`;
  let insert: string;
  if (form === 'member') {
    // From after the object to the end of the name: `.name`, `?.name`, perhaps on a line of its own.
    const member = text.slice(start, end);
    const dot = member.slice(0, member.length - field.length);
    insert = isPlain ? dot + to : `${dot.includes('?.') ? '?.' : ''}[${quoted}]`;
  } else if (form === 'element') insert = quoted;
  else {
    const name = isPlain ? to : quoted;
    insert = form === 'shorthand' ? `${name}: ${field}` : name;
  }
  return text.slice(0, start) + insert + text.slice(end);
}
