// What the types worker is told of a project: assets, bodies of several, ops and checks as far as their types go, and
// only those that changed. The value of a unit's output is what its body or op gives.

import { readTemplate } from '#model/checks/check-template.ts';
import { argumentNames } from '#model/commands/op-edits.ts';
import { configType } from '#model/config/config-type.ts';
import type {
  Asset,
  Check,
  GraphUnit,
  MultiUnit,
  ObservableAsset,
  OpArgument,
  OpNode,
  OutputAsset,
  ProjectDocument,
} from '#model/document.ts';
import { type AssetGraph, namedInputs, unitInputs } from '#model/graph.ts';
import { type AssetId, asAssetId, asCheckId, asUnitId, type UnitId } from '#model/ids.ts';
import { opOuts, resultName } from '#model/op-graph.ts';
import { checkInputs } from './check-inputs.ts';
import type { TypedAsset, TypedColumn, TypedId, TypedInput, TypesChange } from './types-port.ts';

type Configured = Pick<OpNode, 'config' | 'configSchema'>;
export type ColumnsOf = (asset: Asset) => readonly TypedColumn[] | undefined;

export interface TypesFeed {
  /** What to tell so that the worker knows this graph; undefined when it already does. */
  changeTo(graph: AssetGraph, columnsOf: ColumnsOf): TypesChange | undefined;
  /** Has the worker been told of it? */
  knows(id: TypedId): boolean;
  /** Begins again, with another project. */
  reset(): void;
}

export function createTypesFeed(): TypesFeed {
  let told = new Map<TypedId, { readonly asset: TypedAsset; readonly print: string }>();
  let modules: ProjectDocument['modules'] | undefined;
  let resources = '[]';
  let isFirst = true;

  return {
    knows: (id) => told.has(id),
    reset() {
      told = new Map();
      modules = undefined;
      resources = '[]';
      isFirst = true;
    },
    changeTo(graph, columnsOf) {
      const { document } = graph;
      const next: typeof told = new Map();
      const assets: TypedAsset[] = [];
      for (const asset of typedAll(graph, columnsOf)) {
        const print = printOf(asset);
        const before = told.get(asset.id);
        const isSame = before?.print === print && before.asset.body === asset.body;
        next.set(asset.id, isSame ? before : { asset, print });
        if (!isSame) assets.push(asset);
      }
      const gone = [...told.keys()].filter((id) => !next.has(id));
      const hasNewModules =
        modules !== document.modules && (document.modules.size > 0 || (modules?.size ?? 0) > 0);
      const resourceList = [...document.resources.values()].map(({ key, body }) => ({ key, body }));
      const resourcePrint = JSON.stringify(resourceList);
      const hasNewResources = resourcePrint !== resources;
      resources = resourcePrint;
      const reset = isFirst;
      told = next;
      modules = document.modules;
      isFirst = false;
      if (!reset && !hasNewModules && !hasNewResources && assets.length === 0 && gone.length === 0)
        return undefined;
      return {
        reset,
        assets,
        gone,
        ...(hasNewModules
          ? { modules: [...document.modules.values()].map(({ name, body }) => ({ name, body })) }
          : {}),
        ...(hasNewResources || reset ? { resources: resourceList } : {}),
      };
    },
  };
}

export const opTypedId = (unit: UnitId, op: string): TypedId => `${unit}.${op}`;

/** What a body is given: of an asset, a body of several, an op or a check; undefined for what has no body. */
export function typedBody(graph: AssetGraph, id: TypedId): TypedAsset | undefined {
  const { assets, units, checks } = graph.document;
  const asset = assets.get(asAssetId(id));
  if (asset?.kind === 'asset') return typedAsset(asset, graph, missingOf(graph, asset.id), undefined);
  if (asset?.kind === 'observable') return typedObservable(asset, graph);
  const check = checks.get(asCheckId(id));
  if (check) return typedCheck(check, graph);
  const [unitId = '', opName] = id.split('.');
  const unit = units.get(asUnitId(unitId));
  if (unit && unit.kind !== 'graph') return typedUnit(unit, graph);
  const op = unit?.kind === 'graph' ? unit.ops.find(({ name }) => name === opName) : undefined;
  return unit?.kind === 'graph' && op ? typedOp(unit, op, graph) : undefined;
}

function* typedAll(graph: AssetGraph, columnsOf: ColumnsOf): Generator<TypedAsset> {
  const { document } = graph;
  const missing = new Map<AssetId, string[]>();
  for (const { assetId, input } of graph.unresolved)
    missing.set(assetId, [...(missing.get(assetId) ?? []), input]);
  for (const unit of document.units.values()) {
    if (unit.kind !== 'graph') {
      const typed = typedUnit(unit, graph);
      if (typed) yield typed;
      continue;
    }
    for (const op of unit.ops) {
      const typed = typedOp(unit, op, graph);
      if (!typed) continue;
      yield typed;
      for (const { name } of typed.parts ?? [])
        yield { ...partOf(typed.id, name), id: `${typed.id}.${name}` };
    }
  }
  for (const record of document.assets.values())
    yield typedAsset(record, graph, missing.get(record.id) ?? [], columnsOf(record));
  for (const check of document.checks.values()) {
    const typed = typedCheck(check, graph);
    if (typed) yield typed;
  }
}

const missingOf = (graph: AssetGraph, id: AssetId): string[] =>
  graph.unresolved.flatMap(({ assetId, input }) => (assetId === id ? [input] : []));

function typedAsset(
  asset: Asset,
  graph: AssetGraph,
  missing: readonly string[],
  columns: readonly TypedColumn[] | undefined,
): TypedAsset {
  const base = { id: asset.id, key: asset.key };
  if (asset.kind === 'output') {
    const of = madeAs(asset, graph);
    return { ...base, inputs: [], ...of, ...(columns ? { columns } : {}) };
  }
  if (asset.kind === 'observable')
    return { ...typedObservable(asset, graph), ...(columns ? { columns } : {}) };
  if (asset.kind !== 'asset') return { ...base, inputs: [], ...(columns ? { columns } : {}) };
  const inputs: TypedInput[] = [];
  for (const { kind, input, from } of graph.upstream.get(asset.id) ?? [])
    if (kind === 'value' && input !== undefined) inputs.push({ name: input, from });
  for (const name of missing) inputs.push({ name });
  return { ...base, body: asset.body, inputs, ...configOf(asset) };
}

const typedObservable = (asset: ObservableAsset, graph: AssetGraph): TypedAsset => ({
  id: asset.id,
  key: asset.key,
  body: asset.body,
  inputs: inputsFor(graph, asset, namedInputs(asset)),
  isObserving: true,
  ...configOf(asset),
});

const configOf = ({ config, configSchema }: Configured): Pick<TypedAsset, 'config'> =>
  configSchema === undefined ? {} : { config: configType(configSchema, config) };

/** A value that is one of several of a body, or the body's only one. It is worked out after the body. */
const partOf = (of: TypedId, name?: string): Pick<TypedAsset, 'key' | 'inputs' | 'part'> => ({
  key: '',
  inputs: [{ name: '', from: of }],
  part: { of, ...(name === undefined ? {} : { name }) },
});

/** What an output's value is: what its unit's body gives under its name, or what an op gives. */
function madeAs(asset: OutputAsset, graph: AssetGraph): Pick<TypedAsset, 'inputs' | 'part'> | undefined {
  const unit = graph.document.units.get(asset.unit);
  if (unit?.kind === 'multi') {
    const { inputs, part } = partOf(unit.id, asset.output);
    return { inputs, ...(part ? { part } : {}) };
  }
  const result = unit?.kind === 'graph' ? unit.results[asset.output] : undefined;
  const of = unit?.kind === 'graph' && result && resultId(unit, result.op, resultName(result));
  if (!of) return undefined;
  const { inputs, part } = partOf(of);
  return { inputs, ...(part ? { part } : {}) };
}

/** Where the type of an op's result is known: at the op, or at its part. */
function resultId(unit: GraphUnit, opName: string, output: string): TypedId | undefined {
  const op = unit.ops.find(({ name }) => name === opName);
  if (!op) return undefined;
  const id = opTypedId(unit.id, opName);
  return opOuts(op).length > 1 ? `${id}.${output}` : id;
}

const firstOutput = (graph: AssetGraph, unit: UnitId): Asset | undefined => {
  const id = graph.outputsByUnit.get(unit)?.[0];
  return id === undefined ? undefined : graph.document.assets.get(id);
};

const inputsFor = (
  graph: AssetGraph,
  reader: Asset,
  named: readonly { readonly name: string; readonly key: string }[],
): TypedInput[] =>
  named.map(({ name, key }) => {
    const from = graph.resolve(key, reader);
    return from === undefined ? { name } : { name, from };
  });

function typedUnit(unit: MultiUnit, graph: AssetGraph): TypedAsset | undefined {
  const first = firstOutput(graph, unit.id);
  if (!first) return undefined;
  const parts = (graph.outputsByUnit.get(unit.id) ?? []).flatMap((id) => {
    const asset = graph.document.assets.get(id);
    return asset?.kind === 'output' ? { name: asset.output, key: asset.key } : [];
  });
  return {
    id: unit.id,
    key: unit.name,
    body: unit.body,
    inputs: inputsFor(graph, first, unitInputs(unit)),
    parts,
    ...configOf(unit),
    place: { assetId: first.id },
  };
}

function typedOp(unit: GraphUnit, op: OpNode, graph: AssetGraph): TypedAsset | undefined {
  const first = firstOutput(graph, unit.id);
  if (!first) return undefined;
  const keys = new Map(unitInputs(unit).map(({ name, key }) => [name, key]));
  const sourceOf = (arg: OpArgument): Omit<TypedInput, 'name'> => {
    if ('list' in arg) return {};
    const from =
      'input' in arg
        ? graph.resolve(keys.get(arg.input) ?? arg.input, first)
        : resultId(unit, arg.op, resultName(arg));
    if (from === undefined) return {};
    return 'collect' in arg && arg.collect ? { from, isAll: true } : { from };
  };
  const taken = new Set<string>();
  const names = argumentNames(op);
  const outs = opOuts(op);
  return {
    id: opTypedId(unit.id, op.name),
    key: op.name,
    body: op.body,
    isOp: true,
    inputs: op.args.map((arg, i) => {
      const name = taken.has(names[i]!) ? `${names[i]} ${i + 1}` : names[i]!;
      taken.add(name);
      return { name, ...sourceOf(arg) };
    }),
    ...(outs.length > 1 ? { parts: outs.map(({ name }) => ({ name })) } : {}),
    ...configOf(op),
    place: { assetId: first.id, op: op.name },
  };
}

function typedCheck(check: Check, graph: AssetGraph): TypedAsset | undefined {
  const assetId = graph.idByKey.get(check.specs[0]?.asset ?? '');
  const asset = assetId === undefined ? undefined : graph.document.assets.get(assetId);
  if (!asset) return undefined;
  const template = readTemplate(check.template);
  return {
    id: check.id,
    key: check.name,
    body: check.body,
    inputs: inputsFor(graph, asset, checkInputs(check)),
    ...(template ? { template } : {}),
    ...configOf(check),
    place: { assetId: asset.id, checkId: check.id },
  };
}

/** Everything but the body, which is compared by itself. */
const printOf = ({ body: _, ...rest }: TypedAsset): string => JSON.stringify(rest);
