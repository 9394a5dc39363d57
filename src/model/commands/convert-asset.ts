// Turning an asset into another kind of asset. Its id, its key and what reads it stay; a body that the new kind has
// no use for is kept, and comes back when the asset is turned back.

import { err, ok, type Result } from '#base/result.ts';
import { keyName } from '../asset-key.ts';
import { applyDiff, type GraphDiff, type RecordChange } from '../diff.ts';
import type {
  Asset,
  CodeAsset,
  ExternalAsset,
  KeptBodies,
  KeptBody,
  MultiUnit,
  OutputAsset,
  ProjectDocument,
} from '../document.ts';
import { buildGraph, topologicalOrder } from '../graph.ts';
import { observingBody } from '../start-body.ts';
import type { CommandError } from './command.ts';
import { type ConvertCommand, type ConvertedKind, convertWords } from './convert-command.ts';
import { definitionNameProblem } from './unit-commands.ts';

/** What an asset can be turned into. */
export function conversionsOf(document: ProjectDocument, asset: Asset): readonly ConvertedKind[] {
  switch (asset.kind) {
    case 'asset':
      return ['observable', 'external', 'multi'];
    case 'observable':
      return ['asset', 'external'];
    case 'external':
      return ['asset', 'observable'];
    case 'output':
      return splitProblem(document, asset) === undefined ? ['asset'] : [];
    case 'file':
      return [];
  }
}

export function convertAsset(
  document: ProjectDocument,
  command: ConvertCommand,
): Result<GraphDiff, CommandError> {
  const asset = document.assets.get(command.id);
  if (!asset) return err({ type: 'AssetNotFound', id: command.id });
  const cannot = (reason: string) => err({ type: 'CannotConvert' as const, key: asset.key, reason });
  if (!conversionsOf(document, asset).includes(command.to)) {
    const reason = asset.kind === 'output' ? splitProblem(document, asset) : undefined;
    return cannot(
      reason ?? `it cannot be turned into an ${convertWords[command.to]}`.replace('an multi', 'a multi'),
    );
  }
  const changes: RecordChange[] = [];
  let after: Asset;
  if (command.to === 'multi') {
    if (!command.unit || asset.kind !== 'asset') return cannot('the multi-asset has no name');
    const problem = definitionNameProblem(command.unit.name);
    if (problem !== undefined) return err({ type: 'NameInvalid', reason: problem });
    const made = asOutput(asset, command.unit);
    if (document.units.has(made.unit.id)) return err({ type: 'UnitExists', id: made.unit.id });
    changes.push({ table: 'units', id: made.unit.id, after: made.unit });
    after = made.asset;
  } else {
    const unit = asset.kind === 'output' ? document.units.get(asset.unit) : undefined;
    if (unit) changes.push({ table: 'units', id: unit.id, before: unit });
    after = asKind(unit ? fromOutput(asset as OutputAsset, unit as MultiUnit) : asset, command.to);
  }
  const diff: GraphDiff = { changes: [...changes, { table: 'assets', id: asset.id, before: asset, after }] };
  const next = applyDiff(document, diff);
  if (!next.ok) throw new Error('Internal error: a conversion does not apply where it was made');
  // The body that comes back may read what has come to depend on the asset meanwhile.
  const order = topologicalOrder(buildGraph(next.value));
  if (order.type === 'CycleFound') {
    const keys = order.path.map((id) => next.value.assets.get(id)!.key);
    return err({ type: 'CycleFound', path: keys });
  }
  return ok(diff);
}

/** Without the fields of a body, and the body with what belongs to it. */
function apart(asset: Asset): { readonly base: ExternalAsset; readonly body?: KeptBody } {
  if (asset.kind !== 'asset' && asset.kind !== 'observable')
    return { base: { ...asset, kind: 'external' } as ExternalAsset };
  const { body, ins, config, configSchema, resources, retryPolicy, timeoutSeconds, checks, ...rest } = asset;
  const { isRequired, testCases, ...base } = rest as typeof rest &
    Pick<CodeAsset, 'isRequired' | 'testCases'>;
  const fields: KeptBody = {
    body,
    ...present({
      ins,
      config,
      configSchema,
      resources,
      retryPolicy,
      timeoutSeconds,
      checks,
      isRequired,
      testCases,
    }),
  };
  return { base: { ...base, kind: 'external' }, body: fields };
}

function asKind(asset: Asset, to: Exclude<ConvertedKind, 'multi'>): Asset {
  if (asset.kind === to) return asset;
  const { base, body } = apart(asset);
  const { kept: before, location: place, ...plain } = base;
  const all: KeptBodies = {
    ...before,
    ...(body ? { [asset.kind]: body } : {}),
    ...present({ location: place ?? before?.location }),
  };
  if (to === 'external') {
    const { location, ...bodies } = all;
    return { ...plain, ...present({ location }), ...keptField(bodies) };
  }
  const { [to]: own, ...others } = all;
  const { isRequired, ...fields } = own ?? { body: startBody(to, plain.key) };
  if (to === 'observable') return { ...plain, ...fields, ...keptField(others), kind: to };
  return { ...plain, ...fields, ...present({ isRequired }), ...keptField(others), kind: to };
}

const keptField = (kept: KeptBodies): { readonly kept?: KeptBodies } =>
  Object.keys(kept).length > 0 ? { kept } : {};

function asOutput(
  asset: Extract<Asset, { kind: 'asset' }>,
  { id, name }: NonNullable<ConvertCommand['unit']>,
): { readonly unit: MultiUnit; readonly asset: OutputAsset } {
  const { base, body } = apart(asset);
  const { isRequired, ...fields } = body!;
  const unit: MultiUnit = { ...fields, kind: 'multi', id, name, position: asset.position };
  const output = outputName(asset.key);
  return { unit, asset: { ...base, ...present({ isRequired }), kind: 'output', unit: id, output } };
}

function fromOutput(asset: OutputAsset, unit: MultiUnit): Asset {
  const { unit: _unit, output: _output, isImplicit: _implicit, ...base } = asset;
  const {
    kind: _kind,
    id: _id,
    name: _name,
    position,
    canSubset: _subset,
    internalDeps: _deps,
    ...body
  } = unit;
  return { ...body, ...base, position, kind: 'asset' };
}

/** Why an output cannot be an asset of its own; undefined when it can. */
function splitProblem(document: ProjectDocument, asset: OutputAsset): string | undefined {
  const unit = document.units.get(asset.unit);
  if (unit?.kind !== 'multi') return 'only outputs of a multi-asset can';
  for (const other of document.assets.values())
    if (other.kind === 'output' && other.unit === asset.unit && other.id !== asset.id)
      return 'its multi-asset makes others too';
  // A body that returns its output under its name would give an object around the value.
  return new RegExp(`(?<![\\w$.])['"]?${asset.output}['"]?\\s*:`).test(unit.body) ||
    /outputName/.test(unit.body)
    ? 'its body gives the value under the name of the output: return the value itself first'
    : undefined;
}

/** What a body calls an output: the last part of its key, as a plain name. */
function outputName(key: string): string {
  const name = keyName(key).replace(/\W/g, '_');
  return /^\d/.test(name) || name === '' ? `_${name}` : name;
}

function startBody(to: 'asset' | 'observable', key: string): string {
  const name = outputName(key);
  return to === 'asset'
    ? `export default async function ${name}() {\n  // Return the data: rows, a number, any value.\n  return [];\n}\n`
    : observingBody(name);
}

function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
