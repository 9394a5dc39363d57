// Definitions of several assets at once: multi-assets, and graphs of ops.

import { assetKeyProblem, keyToStepKey } from '#model/asset-key.ts';
import type { GraphUnit, MultiUnit, OpNode, OpOut, OutputAsset } from '#model/document.ts';
import { asAssetId, asUnitId, type UnitId } from '#model/ids.ts';
import { Call, type Code, Fields } from './code.ts';
import { functionName } from './option-fields.ts';
import { argumentOf, defined, OptionsReader } from './options-reader.ts';
import { bodyFields, picked, type ReadContext } from './read-asset.ts';
import type { CanvasEntry } from './read-canvas.ts';
import { type OpDefinition, readGraph } from './read-graph.ts';
import type { ReadModule } from './read-module.ts';

export interface ReadUnit {
  readonly unit: MultiUnit | GraphUnit;
  readonly outputs: readonly OutputAsset[];
}

const origin = { x: 0, y: 0 };

/** `multiAsset` and `multiObservableSourceAsset`. */
export function readMultiUnit(maker: string, module: ReadModule, context: ReadContext): ReadUnit | undefined {
  const { body, options } = module;
  const { entry, onProblem } = context;
  const reader = new OptionsReader(options, onProblem);
  const name = unitName(reader, functionName(body), context);
  if (name === undefined) return undefined;
  const id = asUnitId(entry.id ?? context.newId());
  const isObserving = maker === 'multiObservableSourceAsset';
  const group = reader.text('groupName');
  const codeVersion = reader.text('codeVersion');
  const deps = reader.keys('deps');
  const shared = defined({ group, codeVersion, deps });
  const specs = reader.code('specs');
  const outputs =
    specs === undefined
      ? outsOf(reader, id, context, shared)
      : specsOf(specs, id, context, shared, isObserving);
  const internal = reader.code('internalAssetDeps');
  const unit: MultiUnit = {
    id,
    kind: isObserving ? 'multi-observable' : 'multi',
    name,
    position: entry.at ?? origin,
    ...defined({
      description: reader.text('description'),
      canSubset: reader.flag('canSubset') ? true : undefined,
      ins: reader.ins('ins'),
      internalDeps: internal instanceof Fields ? internalDeps(internal, context) : undefined,
    }),
    ...bodyFields(reader, entry.left, outputs[0]?.key, body),
    ...picked(entry.left, ['internalDeps', 'kept']),
    body,
  };
  reader.finish();
  return outputs.length > 0 ? { unit, outputs } : noOutputs(context);
}

function noOutputs({ onProblem }: ReadContext): undefined {
  onProblem('A definition of several assets is left out: it names none.');
  return undefined;
}

function unitName(
  reader: OptionsReader,
  fallback: string | undefined,
  { onProblem }: ReadContext,
): string | undefined {
  const name = reader.text('name') ?? fallback;
  if (name !== undefined) return name;
  onProblem('A definition of several assets without a name: give its options a `name`, or its function one.');
  return undefined;
}

function internalDeps(code: Fields, { onProblem }: ReadContext): Readonly<Record<string, readonly string[]>> {
  const reader = new OptionsReader(code, onProblem);
  return Object.fromEntries(code.entries.map(([name]) => [name, reader.keys(name) ?? []]));
}

interface SharedFields {
  readonly group?: string;
  readonly codeVersion?: string;
  readonly deps?: readonly string[];
}

function outsOf(
  reader: OptionsReader,
  unit: UnitId,
  context: ReadContext,
  shared: SharedFields,
): OutputAsset[] {
  const outs = reader.code('outs');
  if (!(outs instanceof Fields)) return [];
  return outs.entries.flatMap(([name, code]): OutputAsset[] => {
    const fields = argumentOf(code, 'new AssetOut');
    if (!fields) {
      context.onProblem(`The output “${name}” is left out: it must be new AssetOut({ … }).`, name);
      return [];
    }
    const out = new OptionsReader(fields, context.onProblem);
    const key = checkedKey(out.assetKey(name), context);
    if (key === undefined) return [];
    const entry = context.entry.outputs[name];
    const asset: OutputAsset = {
      ...standing(entry, context),
      key,
      ...shared,
      ...out.spec(),
      ...defined({
        ioManager: out.text('ioManagerKey'),
        isRequired: out.flag('isRequired') === false ? false : undefined,
      }),
      ...picked(entry?.left ?? {}, ['deps', 'isImplicit']),
      kind: 'output',
      unit,
      output: name,
    };
    out.finish();
    return [asset];
  });
}

function specsOf(
  code: Code,
  unit: UnitId,
  context: ReadContext,
  { group, codeVersion }: SharedFields,
  isObserving: boolean,
): OutputAsset[] {
  if (!Array.isArray(code)) return [];
  // What is kept of an output goes by the name that it had.
  const entries = Object.entries(context.entry.outputs);
  return code.flatMap((item: Code): OutputAsset[] => {
    const fields = argumentOf(item, 'new AssetSpec');
    if (!fields) {
      context.onProblem('A spec is left out: it must be new AssetSpec({ … }).');
      return [];
    }
    const spec = new OptionsReader(fields, context.onProblem);
    const key = spec.assetKey(undefined);
    if (key === undefined) return [];
    const name = keyToStepKey(key);
    const index = code.indexOf(item);
    const [output, entry] =
      entries.find(([known]) => known === name) ??
      (entries.length === code.length && entries[index]?.[1].left.output !== undefined
        ? entries[index]!
        : [name, undefined]);
    const asset: OutputAsset = {
      ...standing(entry, context),
      key,
      ...defined({ group, codeVersion }),
      ...spec.spec(),
      ...defined({
        deps: spec.keys('deps'),
        isRequired: spec.flag('skippable') ? false : undefined,
        isImplicit: isObserving ? undefined : true,
      }),
      ...picked(entry?.left ?? {}, ['ioManager', 'isImplicit']),
      kind: 'output',
      unit,
      output,
    };
    spec.finish();
    return [asset];
  });
}

const standing = (entry: CanvasEntry | undefined, { newId }: ReadContext) => ({
  id: asAssetId(entry?.id ?? newId()),
  position: entry?.at ?? origin,
  ...picked(entry?.left ?? {}, ['kept']),
});

function checkedKey(key: string | undefined, { onProblem }: ReadContext): string | undefined {
  const problem = key === undefined ? undefined : assetKeyProblem(key);
  if (problem !== undefined) onProblem(`“${key}” is not an asset key. ${problem}`);
  return problem === undefined ? key : undefined;
}

/** An op's module. */
export function readOp(module: ReadModule, context: ReadContext): OpDefinition | undefined {
  const { body, options } = module;
  const reader = new OptionsReader(options, context.onProblem);
  const name = reader.text('name') ?? functionName(body);
  if (name === undefined) {
    context.onProblem('An op without a name: give its options a `name`, or its function one.');
    return undefined;
  }
  const outs = reader.code('outs');
  const { checks: _, ...shared } = bodyFields(reader, context.entry.left, undefined, body);
  const op: OpDefinition = {
    name,
    ...defined({
      description: reader.text('description'),
      outs: outs instanceof Fields ? outs.entries.map(([out, code]) => outOf(out, code)) : undefined,
    }),
    ...shared,
    body,
  };
  reader.finish();
  return op;
}

function outOf(name: string, code: Code): OpOut {
  const isDynamic = code instanceof Call && code.callee === 'new DynamicOut';
  const fields =
    code instanceof Fields ? code : code instanceof Call ? argumentOf(code, code.callee) : undefined;
  return {
    name,
    ...(isDynamic || fields?.get('isDynamic') === true ? { isDynamic: true } : {}),
    ...(fields?.get('isRequired') === false ? { isRequired: false } : {}),
  };
}

/** `graphAsset` and `graphMultiAsset`. `opAt` reads the op that an import names, and where it stands. */
export function readGraphUnit(
  maker: string,
  text: string,
  options: Fields,
  context: ReadContext,
  opAt: (specifier: string) => { readonly op: OpDefinition; readonly entry: CanvasEntry } | undefined,
): ReadUnit | undefined {
  const { entry, onProblem } = context;
  const graph = readGraph(text, (specifier) => opAt(specifier)?.op);
  const reader = new OptionsReader(options, onProblem);
  const id = asUnitId(entry.id ?? context.newId());
  const isSingle = maker === 'graphAsset';
  let name: string | undefined;
  let outputs: OutputAsset[] = [];
  if (isSingle) {
    const key = reader.assetKey(graph.name);
    if (key === undefined) return undefined;
    const kept = entry.left.name;
    name = typeof kept === 'string' ? kept : keyToStepKey(key);
    const [output = 'result', known] = Object.entries(entry.outputs)[0] ?? [];
    outputs = [
      {
        ...standing(known, context),
        key,
        ...reader.spec(),
        ...picked(known?.left ?? {}, ['deps', 'isImplicit']),
        kind: 'output',
        unit: id,
        output,
      },
    ];
  } else {
    name = unitName(reader, graph.name, context);
    outputs = outsOf(reader, id, context, defined({ group: reader.text('groupName') }));
  }
  if (name === undefined) return undefined;
  const checks = reader.checkSpecs('checkSpecs', outputs[0]?.key);
  const ins = reader.ins('ins');
  const unit: GraphUnit = {
    id,
    kind: 'graph',
    name,
    position: entry.at ?? origin,
    ...picked(entry.left, ['description']),
    ...defined({ canSubset: reader.flag('canSubset') ? true : undefined, ins, checks }),
    ops: graph.ops.map(({ op, from }): OpNode => ({ ...op, position: opAt(from)?.entry.at ?? origin })),
    results: resultsOf(
      graph.returned,
      outputs,
      isSingle,
      (checks ?? []).map((check) => check.name),
    ),
  };
  reader.finish();
  return outputs.length > 0 ? { unit, outputs } : noOutputs(context);
}

function resultsOf(
  returned: ReturnType<typeof readGraph>['returned'],
  outputs: readonly OutputAsset[],
  isSingle: boolean,
  checks: readonly string[],
): GraphUnit['results'] {
  const [only] = outputs;
  if ('op' in returned && typeof returned.op === 'string')
    return only ? { [only.output]: returned as GraphUnit['results'][string] } : {};
  const named = returned as GraphUnit['results'];
  return Object.fromEntries(
    Object.entries(named).map(([name, result]) => [
      checks.includes(name) && !outputs.some(({ output }) => output === name)
        ? `check:${name}`
        : isSingle && name === 'result' && only
          ? only.output
          : name,
      result,
    ]),
  );
}
