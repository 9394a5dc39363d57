// What is wrong with the units, checks and resources of a document, each with the asset it shows at.

import type { BodyHeadError } from './body-head.ts';
import type { Check, CheckSpecData, GraphUnit, ProjectDocument, Unit } from './document.ts';
import { type AssetGraph, cachedBodyHead, namedInputs } from './graph.ts';
import type { GraphProblem } from './graph-problem.ts';
import type { AssetId, CheckId } from './ids.ts';
import { opOrder } from './op-graph.ts';
import { positionAt } from './position-at.ts';
import { resourceKeysOf } from './resource-names.ts';
import { similarKeys } from './similar-keys.ts';

/** The IO managers that every project has: the default, the store of the app, and one that forgets. */
const builtInManagers: ReadonlySet<string> = new Set(['io_manager', 'browser', 'memory']);

/** One check that the graph knows, wherever it is defined. */
export interface KnownCheck {
  readonly spec: CheckSpecData;
  /** Key of the checked asset. */
  readonly assetKey: string;
  readonly checkId?: CheckId;
}

/** Every check of a document: those with a body of their own, then those that an asset's or unit's body gives. */
export function* knownChecks(graph: AssetGraph): Generator<KnownCheck> {
  const { document } = graph;
  for (const check of document.checks.values())
    for (const spec of check.specs) yield { spec, assetKey: spec.asset ?? '', checkId: check.id };
  for (const asset of document.assets.values())
    if (asset.kind === 'asset' || asset.kind === 'observable')
      for (const spec of asset.checks ?? []) yield { spec, assetKey: spec.asset ?? asset.key };
  for (const unit of document.units.values()) {
    const first = graph.outputsByUnit.get(unit.id)?.[0];
    const only = first === undefined ? '' : document.assets.get(first)!.key;
    for (const spec of unit.checks ?? []) yield { spec, assetKey: spec.asset ?? only };
  }
}

export function* unitProblems(graph: AssetGraph): Generator<GraphProblem> {
  const { document } = graph;
  const names = new Set<string>();
  for (const unit of document.units.values()) {
    const assetId = graph.outputsByUnit.get(unit.id)?.[0];
    // A unit without outputs makes nothing; there is nothing that could go wrong.
    if (assetId === undefined) continue;
    const about = { assetId, key: document.assets.get(assetId)!.key };
    if (names.has(unit.name))
      yield {
        type: 'FieldInvalid',
        ...about,
        field: 'name',
        reason: `two definitions of several steps or assets are called “${unit.name}”`,
      };
    names.add(unit.name);
    if (unit.kind === 'graph') yield* wiringProblems(unit, about);
    else yield* headProblem(unit.body, about);
    yield* outputProblems(unit, graph, about);
    yield* resourceProblems(
      document,
      about,
      unit.kind === 'graph' ? unit.ops.flatMap(resourceKeysOf) : resourceKeysOf(unit),
    );
  }
  for (const check of document.checks.values()) yield* checkProblems(check, graph);
  const seen = new Set<string>();
  for (const { spec, assetKey, checkId } of knownChecks(graph)) {
    const name = `${assetKey}\u0000${spec.name}`;
    const assetId = graph.idByKey.get(assetKey);
    if (seen.has(name) && assetId !== undefined)
      yield { type: 'DuplicateCheck', assetId, key: assetKey, check: spec.name };
    if (spec.additionalDeps?.includes(assetKey) && assetId !== undefined)
      yield {
        type: 'FieldInvalid',
        assetId,
        key: assetKey,
        field: `check ${spec.name}`,
        reason: 'a check cannot list its own asset as an additional dependency',
        ...(checkId === undefined ? {} : { checkId }),
      };
    seen.add(name);
  }
  for (const asset of document.assets.values()) {
    const about = { assetId: asset.id, key: asset.key };
    const wanted = asset.kind === 'asset' || asset.kind === 'observable' ? resourceKeysOf(asset) : [];
    yield* resourceProblems(document, about, wanted);
    if (asset.ioManager !== undefined && !builtInManagers.has(asset.ioManager))
      yield* resourceProblems(document, about, [asset.ioManager]);
  }
}

interface About {
  readonly assetId: AssetId;
  readonly key: string;
  readonly checkId?: CheckId;
}

function* headProblem(body: string, about: About): Generator<GraphProblem> {
  const head = cachedBodyHead(body);
  if (!head.ok) yield headUnreadable(body, head.error, about);
}

function headUnreadable(body: string, { message, offset }: BodyHeadError, about: About): GraphProblem {
  return { type: 'HeadUnreadable', ...about, reason: message, ...positionAt(body, offset) };
}

function* resourceProblems(
  document: ProjectDocument,
  about: About,
  wanted: readonly string[],
): Generator<GraphProblem> {
  for (const resource of new Set(wanted))
    if (!document.resources.has(resource))
      yield {
        type: 'ResourceMissing',
        ...about,
        resource,
        didYouMean: similarKeys(resource, document.resources.keys()),
      };
}

function* outputProblems(unit: Unit, graph: AssetGraph, about: About): Generator<GraphProblem> {
  const names = new Set<string>();
  for (const id of graph.outputsByUnit.get(unit.id) ?? []) {
    const asset = graph.document.assets.get(id)!;
    if (asset.kind !== 'output') continue;
    const own = { assetId: id, key: asset.key };
    if (names.has(asset.output))
      yield {
        type: 'FieldInvalid',
        ...own,
        field: 'output',
        reason: `“${asset.output}” is the output of two assets`,
      };
    names.add(asset.output);
    if (unit.kind === 'graph' && !Object.hasOwn(unit.results, asset.output))
      yield { type: 'FieldInvalid', ...own, field: 'output', reason: `no op gives “${asset.output}”` };
  }
  if (unit.kind === 'graph') return;
  for (const name of Object.keys(unit.internalDeps ?? {}))
    if (!names.has(name))
      yield {
        type: 'FieldInvalid',
        ...about,
        field: 'internalDeps',
        reason: `“${name}” is no output of this multi-asset`,
      };
}

function* wiringProblems(unit: GraphUnit, about: About): Generator<GraphProblem> {
  const order = opOrder(unit);
  if (!order.ok)
    yield { type: 'FieldInvalid', ...about, field: order.error.op ?? 'ops', reason: order.error.message };
}

function* checkProblems(check: Check, graph: AssetGraph): Generator<GraphProblem> {
  const assetKey = check.specs[0]?.asset ?? '';
  const assetId = graph.idByKey.get(assetKey);
  // A check of an asset that is not there has no place to show; deleting the asset deletes its checks.
  if (assetId === undefined) return;
  const about = { assetId, key: assetKey, checkId: check.id };
  yield* headProblem(check.body, about);
  yield* resourceProblems(graph.document, about, resourceKeysOf(check));
  const reader = graph.document.assets.get(assetId)!;
  const inputs = namedInputs(check);
  const extra = inputs.filter(({ name }) => !Object.hasOwn(check.ins ?? {}, name));
  if (extra.length > 1 && check.specs.length === 1)
    yield {
      type: 'FieldInvalid',
      ...about,
      field: `check ${check.name}`,
      reason: `takes one value besides its additional inputs; it names ${extra.map(({ name }) => `“${name}”`).join(', ')}`,
    };
  for (const { name, key } of inputs)
    if (Object.hasOwn(check.ins ?? {}, name) && graph.resolve(key, reader) === undefined)
      yield {
        type: 'InputMissing',
        ...about,
        input: name,
        missing: key,
        didYouMean: similarKeys(key, graph.idByKey.keys()),
      };
}
