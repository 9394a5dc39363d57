// Makes the files of public/examples from the sources beside this file: projects, their data, the list of them.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { templateBody } from '#model/checks/check-template.ts';
import {
  type Asset,
  type Check,
  type DataFile,
  emptyDocument,
  type ProjectDocument,
  type Unit,
} from '#model/document.ts';
import { documentFileSchema } from '#model/document-schema.ts';
import { formatDocument } from '#model/format-document.ts';
import { asAssetId, asCheckId, asNoteId, asUnitId, type UnitId } from '#model/ids.ts';
import { checks } from './checks/project.ts';
import type { AssetSource, CheckSource, ExampleSource, UnitSource } from './example-source.ts';
import { flights200k } from './flights-200k/project.ts';
import { graphAsset } from './graph-asset/project.ts';
import { multiAsset } from './multi-asset/project.ts';
import { observable } from './observable/project.ts';
import { resources } from './resources/project.ts';
import { seattleWeather } from './seattle-weather/project.ts';
import { sketchOf } from './sketch-of.ts';
import { weatherFail } from './weather-fail/project.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const datasets = fileURLToPath(new URL('../../node_modules/vega-datasets/data/', import.meta.url));
const maxInlineBytes = 256_000;
const columnWidth = 320;
const rowHeight = 136;

const examples = [
  seattleWeather,
  flights200k,
  weatherFail,
  multiAsset,
  graphAsset,
  checks,
  observable,
  resources,
];

/** Every file of public/examples that is made, by name. */
export function makeExamples(): Map<string, string | Uint8Array> {
  const made = new Map<string, string | Uint8Array>();
  const list = examples.map((example) => {
    const file = `${example.folder}.headwater.json`;
    const document = toDocument(example);
    made.set(file, formatDocument(document));
    const sideFiles = [...document.files.values()].filter((entry) => entry.data === undefined);
    for (const { path } of sideFiles) made.set(path, new Uint8Array(readFileSync(`${datasets}${path}`)));
    return {
      file,
      name: example.name,
      description: example.description,
      assets: document.assets.size,
      sketch: sketchOf(document),
      ...(sideFiles.length > 0 ? { sideFiles: sideFiles.map(({ path }) => path) } : {}),
    };
  });
  made.set('index.json', `${JSON.stringify(list, null, 2)}\n`);
  return made;
}

/** public/headwater.schema.json: project files as JSON Schema, for editors and other programs. */
export function makeSchema(): string {
  const schema = z.toJSONSchema(documentFileSchema, { io: 'input', unrepresentable: 'any' });
  const { $schema, ...rest } = schema;
  return `${JSON.stringify({ $schema, title: 'Headwater project', ...rest }, null, 2)}\n`;
}

function toDocument(example: ExampleSource): ProjectDocument {
  const { folder } = example;
  const units = (example.units ?? []).map((source) => toUnit(source, folder));
  const unitById = new Map(units.map((unit) => [unit.id, unit]));
  const assets = example.assets.map((source) => toAsset(source, folder, unitById));
  const notes = (example.notes ?? []).map(({ id, at, ...note }) => ({
    ...note,
    id: asNoteId(id),
    position: place(at),
  }));
  return {
    ...emptyDocument(example.name),
    info: { name: example.name, description: example.description },
    assets: new Map(assets.map((asset) => [asset.id, asset])),
    units: unitById,
    checks: new Map(
      (example.checks ?? []).map((source) => toCheck(source, folder)).map((check) => [check.id, check]),
    ),
    resources: new Map(
      (example.resources ?? []).map(({ file, ...resource }) => [
        resource.key,
        { ...resource, body: read(folder, file) },
      ]),
    ),
    groups: new Map(example.groups.map((group) => [group.name, group])),
    modules: new Map(
      (example.modules ?? []).map(({ name, file }) => [name, { name, body: read(folder, file) }]),
    ),
    files: new Map(example.files.map(({ path, format }) => [path, toDataFile(path, format)])),
    notes: new Map(notes.map((note) => [note.id, note])),
  };
}

function toAsset(source: AssetSource, folder: string, units: ReadonlyMap<UnitId, Unit>): Asset {
  const name = source.key.replaceAll('/', '_');
  const id = asAssetId(name);
  if (source.kind === 'output') {
    const unit = units.get(asUnitId(source.unit));
    if (!unit) throw new Error(`There is no unit “${source.unit}”.`);
    return { ...source, id, unit: unit.id, position: unit.position };
  }
  const { at, ...rest } = source;
  const asset = { ...rest, id, position: place(at) };
  return asset.kind === 'asset' || asset.kind === 'observable'
    ? { ...asset, body: read(folder, `bodies/${name}.ts`) }
    : asset;
}

function toUnit({ at, ...source }: UnitSource, folder: string): Unit {
  const unit = { ...source, id: asUnitId(source.id), position: place(at) };
  if (unit.kind !== 'graph') return { ...unit, body: read(folder, `bodies/${unit.name}.ts`) };
  const ops = unit.ops.map((op) => ({ ...op, body: read(folder, `bodies/${unit.name}.${op.name}.ts`) }));
  return { ...unit, ops };
}

function toCheck(
  { id, asset, name, description, blocking, ins, ...how }: CheckSource,
  folder: string,
): Check {
  const spec = {
    name,
    asset,
    ...(description === undefined ? {} : { description }),
    ...(blocking === undefined ? {} : { blocking }),
  };
  return {
    id: asCheckId(id),
    name,
    specs: [spec],
    ...(ins === undefined ? {} : { ins }),
    ...('template' in how
      ? { body: templateBody(how.template), template: { ...how.template } }
      : { body: read(folder, how.file) }),
  };
}

function toDataFile(path: string, format: DataFile['format']): DataFile {
  const bytes = readFileSync(`${datasets}${path}`);
  const file = {
    path,
    format,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
  };
  return bytes.length <= maxInlineBytes ? { ...file, data: bytes.toString('base64') } : file;
}

const read = (folder: string, file: string) => readFileSync(`${here}${folder}/${file}`, 'utf8');

const place = ([column, row]: readonly [number, number]) => ({ x: column * columnWidth, y: row * rowHeight });
