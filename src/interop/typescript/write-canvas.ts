// `canvas.json`: where things stand on the canvas, their ids, and what code does not say. One definition a line, so that
// a change reads well in git.

import { canonicalJson } from '#engine/compiler.ts';
import type { Json, Point, ProjectDocument } from '#model/document.ts';
import type { AssetId } from '#model/ids.ts';
import { fileNames } from './file-names.ts';
import type { LeftFields } from './option-fields.ts';
import type { DefinitionFile } from './project-files.ts';

export const canvasPath = 'canvas.json';
export const canvasFormat = 'headwater-canvas';

/** Fields are left out where there is nothing to say. */
export function writeCanvas(
  document: ProjectDocument,
  files: readonly DefinitionFile[],
  data: readonly { readonly path: string; readonly file: { readonly path: string } }[],
): string {
  const { info, groups, notes } = document;
  const definitions = files.flatMap((file) => {
    const entry = entryOf(document, file);
    return Object.keys(entry).length > 0 ? [[file.path, entry] as const] : [];
  });
  const sections: [string, string][] = [
    ['format', JSON.stringify(canvasFormat)],
    ['version', '1'],
    ['name', JSON.stringify(info.name)],
  ];
  if (info.description !== undefined) sections.push(['description', JSON.stringify(info.description)]);
  if (groups.size > 0)
    sections.push([
      'groups',
      listText(
        sortedBy([...groups.values()], ({ name }) => name).map((group) =>
          ordered(group, ['name', 'description', 'hue']),
        ),
      ),
    ]);
  if (definitions.length > 0)
    sections.push(['definitions', recordText(sortedBy(definitions, ([path]) => path))]);
  if (data.length > 0)
    sections.push([
      'files',
      recordText(
        sortedBy([...data], ({ path }) => path).map(({ path, file }) => {
          const { data: _, ...facts } = file as typeof file & { readonly data?: string };
          return [path, ordered(facts, ['path', 'format', 'sha256', 'bytes'])];
        }),
      ),
    ]);
  if (notes.size > 0)
    sections.push([
      'notes',
      listText(
        sortedBy([...notes.values()], ({ id }) => id).map(({ position, ...note }) => ({
          ...ordered(note, ['id', 'width', 'height', 'hue', 'text']),
          at: point(position),
        })),
      ),
    ]);
  return `{\n${sections.map(([name, text]) => `  ${JSON.stringify(name)}: ${text}`).join(',\n')}\n}\n`;
}

function entryOf(
  document: ProjectDocument,
  { subject, left, outputs }: DefinitionFile,
): Readonly<Record<string, Json>> {
  const rest = leftEntry(left);
  switch (subject.type) {
    case 'asset':
      return {
        id: subject.id,
        ...placeOf(document, subject.id),
        ...leftEntry({ ...left, ...keptOf(document, subject.id) }),
      };
    case 'unit': {
      const unit = document.units.get(subject.id);
      if (!unit) return {};
      if (subject.op !== undefined) {
        const op = unit.kind === 'graph' ? unit.ops.find(({ name }) => name === subject.op) : undefined;
        return op ? { at: point(op.position), ...rest } : {};
      }
      return {
        id: unit.id,
        at: point(unit.position),
        ...leftEntry({ ...left, ...unusedBody(unit.kind === 'graph' ? undefined : unit.kept) }),
        outputs: Object.fromEntries(
          (fileNames(document).outputs.get(unit.id) ?? []).map(({ id, output }) => {
            const more: LeftFields = { ...outputs?.get(output), ...keptOf(document, id) };
            return [output, { id, ...placeOf(document, id), ...leftEntry(more) }];
          }),
        ),
      };
    }
    case 'check':
      return { id: subject.id, ...rest };
    default:
      return rest;
  }
}

const leftEntry = (left: LeftFields): Readonly<Record<string, Json>> =>
  Object.keys(left).length > 0 ? { left: left as Json } : {};

const keptOf = (document: ProjectDocument, id: AssetId): LeftFields =>
  unusedBody(document.assets.get(id)?.kept);

/** The bodies that are kept for when a kind is turned back: no code can say them. */
const unusedBody = (kept: object | undefined): LeftFields =>
  kept === undefined ? {} : { kept: JSON.parse(canonicalJson(kept as Json)) as Json };

function placeOf(document: ProjectDocument, id: AssetId): Readonly<Record<string, Json>> {
  const asset = document.assets.get(id);
  return asset ? { at: point(asset.position) } : {};
}

const point = ({ x, y }: Point): Json => [x, y];

function ordered(record: object, names: readonly string[]): Readonly<Record<string, Json>> {
  const fields = record as Readonly<Record<string, Json | undefined>>;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = fields[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

const listText = (items: readonly unknown[]): string =>
  `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
const recordText = (entries: readonly (readonly [string, unknown])[]): string =>
  `{\n${entries.map(([name, item]) => `    ${JSON.stringify(name)}: ${JSON.stringify(item)}`).join(',\n')}\n  }`;

const sortedBy = <T>(items: readonly T[], by: (item: T) => string): T[] =>
  [...items].sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0));
