// The texts of a project that somebody may want to read before they trust it: every body, class and module, by name.
// Evaluates nothing.

import type { Asset, Check, Json, ProjectDocument } from '#model/document.ts';
import type { AssetId, UnitId } from '#model/ids.ts';

export type PartKind = 'asset' | 'multi-asset' | 'op' | 'check' | 'resource' | 'IO manager' | 'module';

/** One thing that can be read. */
export interface DocumentPart {
  /** Unique among the parts of a document. */
  readonly id: string;
  readonly kind: PartKind;
  readonly name: string;
  /** The TypeScript; absent where there is none, as in a file asset. */
  readonly code?: string;
  /** Ids of the parts that make it, where these are several. */
  readonly madeBy?: readonly string[];
  /** Everything else that is set, in the words of the file. */
  readonly settings: readonly (readonly [name: string, text: string])[];
}

export const partOfAsset = (id: AssetId): string => `asset ${id}`;

/** Every part, assets first, in the order of the document. */
export function documentParts(document: ProjectDocument): readonly DocumentPart[] {
  const parts: DocumentPart[] = [];
  for (const asset of document.assets.values()) parts.push(assetPart(document, asset));
  for (const unit of document.units.values()) {
    if (unit.kind === 'graph')
      for (const op of unit.ops)
        parts.push(part('op', opId(unit.id, op.name), `${unit.name} / ${op.name}`, op));
    else parts.push(part('multi-asset', `unit ${unit.id}`, unit.name, unit));
  }
  for (const check of document.checks.values())
    parts.push(part('check', `check ${check.id}`, checkName(check), check));
  for (const resource of document.resources.values())
    parts.push(
      part(
        resource.kind === 'ioManager' ? 'IO manager' : 'resource',
        `resource ${resource.key}`,
        resource.key,
        resource,
      ),
    );
  for (const module of document.modules.values())
    parts.push(part('module', `module ${module.name}`, `#lib/${module.name}.ts`, module));
  return parts;
}

/** What an asset is made by: its own body, or that of its unit. */
function assetPart(document: ProjectDocument, asset: Asset): DocumentPart {
  const own = part('asset', partOfAsset(asset.id), asset.key, asset);
  const unit = asset.kind === 'output' ? document.units.get(asset.unit) : undefined;
  if (unit === undefined) return own;
  return unit.kind === 'graph'
    ? { ...own, madeBy: unit.ops.map(({ name }) => opId(unit.id, name)) }
    : { ...own, code: unit.body };
}

const opId = (unit: UnitId, name: string): string => `op ${unit} ${name}`;

/** With the asset that it checks, when it is one. */
function checkName({ specs, name }: Check): string {
  const [first] = specs;
  return specs.length === 1 && first?.asset !== undefined ? `${first.asset}: ${name}` : name;
}

/** Where a thing lies on the canvas, and what the part says already. */
const unsaid: ReadonlySet<string> = new Set([
  ...['id', 'kind', 'key', 'name', 'position', 'body', 'unit', 'ops', 'kept', 'template'],
]);

function part(kind: PartKind, id: string, name: string, record: object): DocumentPart {
  const { body } = record as { readonly body?: string };
  const settings = Object.entries(record)
    .filter(([field, value]) => !unsaid.has(field) && value !== undefined)
    .map(([field, value]) => [field, settingText(value as Json)] as const);
  return { id, kind, name, settings, ...(body === undefined ? {} : { code: body }) };
}

function settingText(value: Json): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ');
  return JSON.stringify(value, undefined, 2);
}
