// What consumers have to be rewritten to when a field is called otherwise: each use that the checker cannot
// find any more is given the new name, and so on downstream, because a consumer may pass the field on.

import ts from 'typescript';
import type { BodyRewrite, FieldRename, NameRename, TypedAsset, TypedId } from '#engine/types-port.ts';
import { templateBody, withColumns } from '#model/checks/check-template.ts';
import type { BodyTypes } from './body-checker.ts';
import type { FieldUse } from './input-behind.ts';
import { behindFinding, type Made, type ProjectTypes, sameMade } from './project-types.ts';
import { fieldsOfType, followFields, type LostFields } from './type-fields.ts';

/** For a field that already has its new name where it is made. */
export function renameField(project: ProjectTypes, rename: FieldRename): readonly BodyRewrite[] {
  const { from, to } = rename;
  const hasRename = (id: TypedId) => project.lostFields(id)?.hasRename(from, to) === true;
  // What is asked about may only pass on what another body makes.
  const makers = new Set([rename.producer]);
  for (const id of makers)
    for (const input of project.asset(id)?.inputs ?? [])
      if (input.from !== undefined && hasRename(input.from)) makers.add(input.from);
  const made = new Map([...makers].map((id) => [id, project.made(id)]));
  return rewriteConsumers(project, made, (id, path, field) => {
    if (field !== from) return undefined;
    if (id === rename.producer && path === rename.path) return to;
    return project.lostFields(id)?.renamedTo(path, field) === to ? to : undefined;
  });
}

/** For a name that is about to be changed in a body, the body's own rewriting included. */
export function followRename(project: ProjectTypes, rename: NameRename): readonly BodyRewrite[] {
  const { id, from, to } = rename;
  const asset = project.asset(id);
  if (asset?.body === undefined) return [];
  const before = asset.body;
  let { after } = rename;
  const isOutput = namesOutput(project, asset, rename);
  const madeOf = (text: string): Made | undefined => {
    const parts = asset.parts?.map((part) => (isOutput && part.name === from ? { ...part, name: to } : part));
    const types = project.checkAs(parts ? { ...asset, parts } : asset, text, project.output);
    return madeAs(types, (name) => (isOutput && name === to ? from : name));
  };
  let made = madeOf(after);
  if (made && !isOutput && !sameMade(made, project.made(id)) && hasBoth(made, from, to)) {
    // Rows of one shape are written out one by one: the name was changed in one of them only.
    const all = renameWrittenFields(after, from, to);
    const remade = madeOf(all);
    if (remade && !hasBoth(remade, from, to)) {
      after = all;
      made = remade;
    }
  }
  const own: BodyRewrite = { id, before, after, ...(isOutput ? { output: { from, to } } : {}) };
  if (!made || sameMade(made, project.made(id))) return [own];
  return [own, ...rewriteConsumers(project, new Map([[id, made]]))];
}

/** Is the name that of one of the things that the body makes, in the object that it returns? */
function namesOutput(project: ProjectTypes, asset: TypedAsset, { after, from, to }: NameRename): boolean {
  const { parts } = asset;
  const has = (part: string) => parts?.some(({ name }) => name === part) === true;
  if (!has(from) || has(to)) return false;
  const fields = (type: string | undefined) => fieldsOfType(type ?? 'any').get('');
  const now = fields(project.checkAs(asset, after, project.output).output);
  return fields(project.output(asset.id))?.has(from) === true && now?.has(to) === true && !now.has(from);
}

/** What a body gives by its types; undefined while it cannot be parsed. */
const madeAs = ({ output, parts = {} }: BodyTypes, nameOf = (name: string) => name): Made | undefined =>
  output === undefined
    ? undefined
    : {
        output,
        parts: Object.fromEntries(Object.entries(parts).map(([name, type]) => [nameOf(name), type])),
      };

/** Does any one thing that is made have both names at one place? */
function hasBoth({ output, parts }: Made, from: string, to: string): boolean {
  const types = Object.values(parts);
  return (types.length > 0 ? types : [output]).some((type) =>
    [...fieldsOfType(type).values()].some((fields) => fields.has(from) && fields.has(to)),
  );
}

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

/** `made`: what the makers give now. */
function rewriteConsumers(
  project: ProjectTypes,
  made: Map<TypedId, Made>,
  knownName?: (id: TypedId, path: string, field: string) => string | undefined,
): readonly BodyRewrite[] {
  const makers = new Set(made.keys());
  const madeOf = (id: TypedId) => made.get(id) ?? project.made(id);
  const outputOf = (id: TypedId) => madeOf(id).output;
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

  /** The body with every field that is called otherwise under its new name. */
  function mended(asset: TypedAsset, body: string, { findings }: BodyTypes): string {
    return findings
      .flatMap((finding) => {
        const { from, missing } = behindFinding(asset, finding);
        const to = missing && from !== undefined ? nameOf(from, missing.path, missing.field) : undefined;
        return finding.missing && to !== undefined ? [{ use: finding.missing, to }] : [];
      })
      .sort((a, b) => b.use.start - a.use.start)
      .reduce((text, { use, to }) => renameUse(text, use, to), body);
  }

  /** The form with its columns under their new names; undefined when it names none of them. */
  function mendedForm({ template, inputs }: TypedAsset): BodyRewrite['template'] {
    let isOther = false;
    const form =
      template &&
      withColumns(template, ({ input, column }) => {
        const from = inputs.find(({ name }) => name === input)?.from;
        const to = from === undefined ? undefined : nameOf(from, '[]', column);
        isOther ||= to !== undefined;
        return to ?? column;
      });
    return isOther ? form : undefined;
  }

  const rewrites: BodyRewrite[] = [];
  const seen = new Set<TypedId>();
  const waiting = new Set([...makers].flatMap((id) => project.consumersOf(id)));
  while (waiting.size > 0) {
    const id = [...waiting].reduce((a, b) => (project.levelOf(b) < project.levelOf(a) ? b : a));
    waiting.delete(id);
    if (seen.has(id)) continue;
    seen.add(id);
    const asset = project.asset(id);
    if (!asset) continue;
    const known = project.made(id);
    let now: Made;
    let isRewritten = false;
    if (asset.body === undefined) now = { output: project.bodilessType(asset, madeOf), parts: {} };
    else {
      const before = asset.body;
      let types = project.checkAs(asset, before, outputOf);
      const template = mendedForm(asset);
      const after = template ? templateBody(template) : mended(asset, before, types);
      isRewritten = after !== before;
      if (isRewritten) {
        rewrites.push({ id, before, after, ...(template ? { template } : {}) });
        types = project.checkAs(asset, after, outputOf);
      }
      now = madeAs(types) ?? known;
    }
    made.set(id, now);
    if (!isRewritten && sameMade(now, known) && !knownName) continue;
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
