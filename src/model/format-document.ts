// A document as the text of a `*.headwater.json` file: stable order, bodies as lines, so that a change of
// the graph is a small change of the file.

import {
  type Asset,
  type Check,
  DOCUMENT_FORMAT,
  type KeptBody,
  type KeptUnitBody,
  type ProjectDocument,
  type Unit,
} from './document.ts';

/** The file's text. Equal documents give equal texts, whatever order their records were made in. */
export function formatDocument(document: ProjectDocument): string {
  const sorted = <T>(records: Iterable<T>, by: (record: T) => string): T[] =>
    [...records].sort((a, b) => compare(by(a), by(b)));
  const optional = <T>(name: string, list: readonly T[]) => (list.length > 0 ? { [name]: list } : {});
  const file = {
    format: DOCUMENT_FORMAT,
    version: versionOf(document),
    name: document.info.name,
    ...(document.info.description === undefined ? {} : { description: document.info.description }),
    ...optional(
      'groups',
      sorted(document.groups.values(), (group) => group.name).map((group) =>
        inOrder({ ...group }, ['name', 'description', 'hue']),
      ),
    ),
    assets: sorted(document.assets.values(), (asset) => `${asset.key}\u0000${asset.id}`).map(assetToFile),
    ...optional('units', sorted(document.units.values(), (unit) => unit.id).map(unitToFile)),
    ...optional('checks', sorted(document.checks.values(), (check) => check.id).map(checkToFile)),
    ...optional(
      'resources',
      sorted(document.resources.values(), (resource) => resource.key).map(({ body, ...resource }) =>
        inOrder({ ...resource, body: body.split('\n') }, [
          'key',
          'kind',
          'description',
          'configSchema',
          'config',
          'body',
        ]),
      ),
    ),
    ...optional(
      'modules',
      sorted(document.modules.values(), (module) => module.name).map(({ name, body }) => ({
        name,
        body: body.split('\n'),
      })),
    ),
    ...optional(
      'files',
      sorted(document.files.values(), (entry) => entry.path).map((entry) =>
        inOrder({ ...entry }, ['path', 'format', 'sha256', 'bytes', 'data']),
      ),
    ),
    ...optional(
      'notes',
      sorted(document.notes.values(), (note) => note.id).map((note) =>
        inOrder({ ...note }, ['id', 'position', 'width', 'height', 'hue', 'text']),
      ),
    ),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

// The lowest version that can say it: older builds read all that they understand, and refuse the rest by name.
function versionOf(document: ProjectDocument): 1 | 2 | 3 {
  if (document.units.size + document.checks.size + document.resources.size > 0) return 3;
  let version: 1 | 2 = 1;
  for (const asset of document.assets.values()) {
    if (fieldsOfVersion3.some((field) => field in asset) || asset.kind === 'observable') return 3;
    if (asset.kind === 'file' && (asset.schema || asset.csv || asset.badRows)) version = 2;
  }
  return version;
}

const fieldsOfVersion3 = [
  'ioManager',
  'configSchema',
  'resources',
  'checks',
  'isRequired',
  'unit',
  'location',
  'kept',
];

const assetFields = [
  'id',
  'kind',
  'key',
  'group',
  'description',
  'ins',
  'deps',
  'tags',
  'kinds',
  'owners',
  'metadata',
  'codeVersion',
  'ioManager',
  'location',
  'unit',
  'output',
  'isRequired',
  'isImplicit',
  'config',
  'configSchema',
  'resources',
  'retryPolicy',
  'timeoutSeconds',
  'checks',
  'testCases',
  'path',
  'schema',
  'csv',
  'badRows',
  'position',
  'kept',
  'body',
];

function assetToFile(asset: Asset): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...asset };
  for (const name of ['ins', 'tags']) {
    const record = fields[name];
    if (record) fields[name] = Object.fromEntries(Object.entries(record).sort(([a], [b]) => compare(a, b)));
  }
  if (asset.kind === 'asset' || asset.kind === 'observable') fields.body = asset.body.split('\n');
  if (asset.kind === 'asset' && asset.testCases)
    fields.testCases = asset.testCases.map((each) => inOrder({ ...each }, ['name', 'inputs', 'value']));
  if (asset.kept)
    fields.kept = inOrder(
      Object.fromEntries(
        Object.entries(asset.kept).map(([kind, kept]) => [
          kind,
          typeof kept === 'string' ? kept : keptToFile(kept),
        ]),
      ),
      ['asset', 'observable', 'location'],
    );
  if (asset.kind === 'file' && asset.schema)
    fields.schema = asset.schema.map((column) =>
      inOrder({ ...column }, ['name', 'type', 'nullable', 'source']),
    );
  if (asset.kind === 'file' && asset.csv)
    fields.csv = inOrder({ ...asset.csv }, ['delimiter', 'header', 'decimal', 'encoding']);
  return inOrder(fields, assetFields);
}

const bodyFields = [
  'ins',
  'config',
  'configSchema',
  'resources',
  'retryPolicy',
  'timeoutSeconds',
  'checks',
  'internalDeps',
  'canSubset',
  'template',
  'position',
];

const keptToFile = (kept: KeptBody | KeptUnitBody): Record<string, unknown> =>
  inOrder({ ...kept, body: kept.body.split('\n') }, ['isRequired', ...bodyFields, 'testCases', 'body']);

function unitToFile(unit: Unit): Record<string, unknown> {
  const names = ['id', 'kind', 'name', 'description', ...bodyFields];
  if (unit.kind !== 'graph') {
    const fields: Record<string, unknown> = { ...unit, body: unit.body.split('\n') };
    if (unit.kept) fields.kept = keptToFile(unit.kept);
    return inOrder(fields, [...names, 'kept', 'body']);
  }
  const ops = unit.ops.map((op) =>
    inOrder({ ...op, body: op.body.split('\n') }, [
      'name',
      'description',
      'args',
      'outs',
      ...bodyFields,
      'body',
    ]),
  );
  return inOrder({ ...unit, ops }, [...names, 'results', 'ops']);
}

const checkToFile = (check: Check): Record<string, unknown> =>
  inOrder({ ...check, body: check.body.split('\n') }, ['id', 'name', 'specs', ...bodyFields, 'body']);

function inOrder(record: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  const ordered: Record<string, unknown> = {};
  for (const name of names) if (record[name] !== undefined) ordered[name] = record[name];
  return ordered;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
