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
  ObservableAsset,
  OutputAsset,
  ProjectDocument,
  Unit,
} from '../document.ts';
import { buildGraph, topologicalOrder } from '../graph.ts';
import { makingAllBody, observingAllBody, observingBody } from '../start-body.ts';
import type { CommandError } from './command.ts';
import {
  type ConvertCommand,
  type ConvertedKind,
  convertWords,
  isUnitKind,
  type UnitKind,
} from './convert-command.ts';
import { bodyAsAsset, bodyAsOp, onlyOp } from './convert-graph.ts';
import { definitionNameProblem } from './unit-commands.ts';

/** What an asset can be turned into. */
export function conversionsOf(document: ProjectDocument, asset: Asset): readonly ConvertedKind[] {
  switch (asset.kind) {
    case 'asset':
      return ['observable', 'external', 'multi', 'graph'];
    case 'observable':
      return ['asset', 'external', 'multi-observable'];
    case 'external':
      return ['asset', 'observable'];
    case 'output': {
      const unit = document.units.get(asset.unit);
      const alone = splitProblem(document, asset) === undefined;
      if (unit?.kind === 'multi') return alone ? ['asset', 'multi-observable'] : ['multi-observable'];
      if (unit?.kind === 'multi-observable') return alone ? ['observable', 'multi'] : ['multi'];
      return alone ? ['asset'] : [];
    }
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
    return cannot(reason ?? `it cannot be turned into ${withArticle(convertWords[command.to])}`);
  }
  const own = asset.kind === 'output' ? document.units.get(asset.unit) : undefined;
  const changes: RecordChange[] = [];
  let after: Asset = asset;
  if (own && own.kind !== 'graph' && (command.to === 'multi' || command.to === 'multi-observable')) {
    changes.push({ table: 'units', id: own.id, before: own, after: turnedUnit(document, own) });
  } else if (isUnitKind(command.to)) {
    if (!command.unit) return cannot(`${withArticle(convertWords[command.to])} needs a name`);
    const problem = definitionNameProblem(command.unit.name);
    if (problem !== undefined) return err({ type: 'NameInvalid', reason: problem });
    if (document.units.has(command.unit.id)) return err({ type: 'UnitExists', id: command.unit.id });
    const made = asOutput(asset as CodeAsset | ObservableAsset, command.to, command.unit);
    if (!made.ok) return cannot(made.error);
    changes.push({ table: 'units', id: made.value.unit.id, after: made.value.unit });
    after = made.value.asset;
  } else {
    if (own) changes.push({ table: 'units', id: own.id, before: own });
    const single = own ? fromOutput(asset as OutputAsset, own) : ok(asset);
    if (!single.ok) return cannot(single.error);
    after = asKind(single.value, command.to);
  }
  if (after !== asset) changes.push({ table: 'assets', id: asset.id, before: asset, after });
  const diff: GraphDiff = { changes };
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

function asKind(asset: Asset, to: Exclude<ConvertedKind, UnitKind>): Asset {
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

const withArticle = (words: string): string => `${/^[aeo]/.test(words) ? 'an' : 'a'} ${words}`;

/** An asset as the one output of a unit of its own. */
function asOutput(
  asset: CodeAsset | ObservableAsset,
  kind: UnitKind,
  { id, name }: NonNullable<ConvertCommand['unit']>,
): Result<{ readonly unit: Unit; readonly asset: OutputAsset }, string> {
  const { base, body: own } = apart(asset);
  const { isRequired, testCases, ...fields } = own!;
  const { kept = {}, ...plain } = base;
  // The other body that it had is the other one that its unit has.
  const { other, others } = apartKept(kept, kind);
  const { isRequired: _required, testCases: _cases, ...waiting } = other ?? {};
  const output = outputName(asset.key);
  const common = { id, name, position: asset.position };
  let unit: Unit;
  if (kind === 'graph') {
    const { ins, checks, body, ...rest } = fields;
    const op = bodyAsOp(body);
    if (!op.ok) return op;
    if ((checks ?? []).length > 0) return err('its body gives results of checks, and an op gives none');
    const args = op.value.inputs.map((input) => ({ input }));
    unit = {
      ...common,
      kind,
      ops: [
        {
          ...rest,
          name: output,
          position: { x: 0, y: 0 },
          args,
          body: op.value.body,
          ...(isRequired === false ? { outs: [{ name: 'result', isRequired }] } : {}),
        },
      ],
      results: { [output]: { op: output } },
      ...present({ ins }),
    };
  } else unit = { ...fields, ...common, ...(other ? { kept: { ...waiting, body: other.body } } : {}), kind };
  // No unit has test cases: they wait with the asset.
  const cases = testCases ?? other?.testCases;
  const casesFor = cases === undefined ? undefined : { body: (other ?? fields).body, testCases: cases };
  return ok({
    unit,
    asset: {
      ...plain,
      ...present({ isRequired: isRequired ?? other?.isRequired }),
      ...keptField({ ...others, ...present({ asset: casesFor }) }),
      kind: 'output',
      unit: id,
      output,
    },
  });
}

function apartKept(
  kept: KeptBodies,
  kind: UnitKind,
): { readonly other?: KeptBody; readonly others: KeptBodies } {
  if (kind === 'graph') return { others: kept };
  const of = kind === 'multi' ? 'observable' : 'asset';
  const { [of]: other, ...others } = kept;
  return other ? { other, others } : { others };
}

/** The only output of a unit as an asset of its own. */
function fromOutput(asset: OutputAsset, unit: Unit): Result<Asset, string> {
  const { unit: _unit, output: _output, isImplicit: _implicit, kept: all = {}, ...base } = asset;
  const { asset: waiting, ...others } = all;
  if (unit.kind === 'graph') {
    const op = onlyOp(unit);
    if (!op.ok) return op;
    const body = bodyAsAsset(op.value);
    if (!body.ok) return body;
    const { name: _op, position: _place, args: _args, outs, description, ...fields } = op.value;
    const words = unit.description ?? description;
    return ok({
      ...present({ description: words, ins: unit.ins, testCases: waiting?.testCases }),
      ...(outs?.[0]?.isRequired === false ? { isRequired: false } : {}),
      ...fields,
      ...base,
      ...keptField(others),
      body: body.value,
      position: unit.position,
      kind: 'asset',
    });
  }
  const {
    kind,
    id: _id,
    name: _name,
    position,
    canSubset: _subset,
    internalDeps: _deps,
    kept: otherBody,
    ...body
  } = unit;
  const { internalDeps: _otherDeps, ...other } = otherBody ?? {};
  if (kind === 'multi-observable') {
    const { isRequired, ...rest } = base;
    const asOther = otherBody
      ? { asset: { ...waiting, ...other, body: otherBody.body, ...present({ isRequired }) } }
      : present({ asset: waiting });
    return ok({ ...body, ...rest, ...keptField({ ...others, ...asOther }), position, kind: 'observable' });
  }
  const asOther = otherBody ? { observable: { ...other, body: otherBody.body } } : {};
  return ok({
    ...body,
    ...base,
    ...present({ testCases: waiting?.testCases }),
    ...keptField({ ...others, ...asOther }),
    position,
    kind: 'asset',
  });
}

/** A multi-asset as observable assets of one body, and the reverse: the body it had waits beside it. */
function turnedUnit(document: ProjectDocument, unit: MultiUnit): MultiUnit {
  const { kind, id, name, position, description, canSubset, kept, ...own } = unit;
  const outputs = [...document.assets.values()].filter(
    (asset): asset is OutputAsset => asset.kind === 'output' && asset.unit === id,
  );
  const body =
    kind === 'multi'
      ? observingAllBody(
          name,
          outputs.map(({ key }) => key),
        )
      : makingAllBody(
          name,
          outputs.map(({ output }) => output),
        );
  return {
    ...(kept ?? { body }),
    kind: kind === 'multi' ? 'multi-observable' : 'multi',
    id,
    name,
    position,
    ...present({ description, canSubset }),
    kept: own,
  };
}

/** Why an output cannot be an asset of its own; undefined when it can. */
function splitProblem(document: ProjectDocument, asset: OutputAsset): string | undefined {
  const unit = document.units.get(asset.unit);
  if (!unit) return 'its unit is gone';
  for (const other of document.assets.values())
    if (other.kind === 'output' && other.unit === asset.unit && other.id !== asset.id)
      return unit.kind === 'multi-observable'
        ? 'its body looks at others too'
        : `its ${convertWords[unit.kind]} makes others too`;
  if (unit.kind === 'graph') {
    const op = onlyOp(unit);
    const body = op.ok ? bodyAsAsset(op.value) : op;
    return body.ok ? undefined : body.error;
  }
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
