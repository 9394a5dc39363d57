// The steps of a graph asset: one per op. Ops that run once per value of a dynamic result become templates of the
// step that gives it; see expand-dynamic.ts.

import type { GraphUnit, OpArgument, OpNode, OpOut, OpResult } from '#model/document.ts';
import type { AssetId } from '#model/ids.ts';
import { argumentResults, opOrder, opOuts, resultName } from '#model/op-graph.ts';
import type { StepNumber } from './lane-protocol.ts';
import { type About, type PlanDraft, runFields } from './plan-draft.ts';
import type { Owner } from './plan-owners.ts';
import type {
  CodeStep,
  Collector,
  InputSource,
  MappedSource,
  MappedStep,
  PlanInput,
  PlanOutput,
  StepValue,
} from './plan-types.ts';

/** `results` names the op that gives a check's result under this. */
export const checkResultName = (check: string): string => `check:${check}`;

export function writeGraphSteps(
  unit: GraphUnit,
  owner: Extract<Owner, { type: 'unit' }>,
  draft: PlanDraft,
): void {
  const ordered = opOrder(unit);
  // Validation has said why.
  if (!ordered.ok) return;
  const { order, mappedOver } = ordered.value;
  const { graph, compiler } = draft.inputs;
  const { document } = graph;
  const first = document.assets.get(owner.assets[0]!)!;
  const about: About = { assetId: first.id, key: first.key };
  const compiled = compiler.compileOps(unit, document);
  if (!compiled.ok) {
    const { message, line, column } = compiled.error;
    draft.problems.push({ type: 'BodyInvalid', ...about, message, line, column });
    return;
  }
  const { codeHash, ops } = compiled.value;
  const assetOf = new Map<string, AssetId>();
  for (const id of owner.assets) {
    const asset = document.assets.get(id)!;
    const result = asset.kind === 'output' ? unit.results[asset.output] : undefined;
    if (result) assetOf.set(placeOf(result), id);
  }
  const checksOf = new Map<string, PlanOutput[]>();
  for (const check of draft.checkOutputs(unit.checks ?? [], first.key)) {
    const result = unit.results[checkResultName(check.name)];
    if (result) checksOf.set(result.op, [...(checksOf.get(result.op) ?? []), check]);
  }
  const needed = neededOps(
    order,
    [...assetOf.keys()].map((place) => place.split('\u0000')[0]!),
    [...checksOf.keys()],
  );
  const inputAssets = new Map<string, AssetId>();
  for (const { name, key } of draft.namedInputsOf(unit)) {
    const from = graph.resolve(key, first);
    if (from !== undefined) inputAssets.set(name, from);
  }
  const onlyOrdered = [...owner.reads].filter((id) => ![...inputAssets.values()].includes(id));

  const values = new Map<string, StepValue>();
  const stepOf = new Map<string, StepNumber>();
  const templates = new Map<string, { mapped: MappedStep[]; collectors: Collector[] }>();

  const sourceOf = (arg: OpArgument): InputSource => {
    if ('input' in arg) {
      const from = inputAssets.get(arg.input);
      return from === undefined ? { type: 'list', items: [] } : draft.sourceOf(from, about);
    }
    if ('list' in arg)
      return {
        type: 'list',
        items: arg.list.map((from) => ({ type: 'step', ...values.get(placeOf(from))! })),
      };
    // Filled when the dynamic result is known.
    if (arg.collect) return { type: 'list', items: [] };
    return { type: 'step', ...values.get(placeOf(arg))! };
  };

  const keyOf = (arg: OpArgument): string => {
    if (!('input' in arg)) return argumentResults(arg)[0]?.op ?? '';
    const from = inputAssets.get(arg.input);
    return from === undefined ? arg.input : document.assets.get(from)!.key;
  };

  const nameOf = (arg: OpArgument): string =>
    'input' in arg ? arg.input : (argumentResults(arg)[0]?.op ?? '');

  for (const op of order) {
    if (!needed.has(op.name)) continue;
    const over = mappedOver.get(op.name);
    const fields = {
      kind: 'code' as const,
      form: 'op' as const,
      stepKey: `${unit.name}.${op.name}`,
      label: `${unit.name}.${op.name}`,
      compiled: ops.get(op.name)!,
      ...runFields(op),
      unitId: unit.id,
      concerns: owner.assets,
    };
    if (over) {
      templates.get(over.op)!.mapped.push({
        op: op.name,
        make: fields,
        outs: opOuts(op),
        inputs: op.args.map((arg) => ({ name: nameOf(arg), key: keyOf(arg), source: mappedSource(arg) })),
      });
      continue;
    }
    const step = draft.steps.length;
    const template = { mapped: [] as MappedStep[], collectors: [] as Collector[] };
    const isDynamic = opOuts(op).some((out) => out.isDynamic);
    if (isDynamic) templates.set(op.name, template);
    const outputs = opOuts(op).map((out, i) => outputOf(op, out, i === 0 ? step : draft.nextValue()));
    const inputs = op.args.map(
      (arg): PlanInput => ({ name: nameOf(arg), key: keyOf(arg), source: sourceOf(arg) }),
    );
    draft.add<CodeStep>({
      ...fields,
      outputs: [...outputs, ...(checksOf.get(op.name) ?? [])] as PlanOutput[],
      inputs,
      ...(isDynamic ? template : {}),
      waits: waitsOf(op, step),
    });
    stepOf.set(op.name, step);
    for (const output of outputs)
      values.set(placeOf({ op: op.name, output: output.name }), { step, value: output.value });
  }

  function outputOf(op: OpNode, out: OpOut, value: number) {
    const asset = assetOf.get(placeOf({ op: op.name, output: out.name }));
    if (asset === undefined)
      return {
        type: 'op' as const,
        name: out.name,
        value,
        isRequired: out.isRequired !== false && !out.isDynamic && !checksOf.has(op.name),
        isDynamic: out.isDynamic === true,
      };
    const output = draft.assetOutput(document.assets.get(asset)!, { name: out.name, value, codeHash });
    return { ...output, isRequired: output.isRequired && out.isRequired !== false, isRead: true };
  }

  function waitsOf(op: OpNode, step: StepNumber) {
    const reads = op.args.flatMap((arg) => ('input' in arg ? (inputAssets.get(arg.input) ?? []) : []));
    const isRoot = op.args.every((arg) => 'input' in arg);
    const outside = draft.waitsFor([...reads, ...(isRoot ? onlyOrdered : [])]);
    const inside: StepValue[] = [];
    const steps: StepNumber[] = [...outside.steps];
    for (const [input, arg] of op.args.entries()) {
      if (!('input' in arg) && 'collect' in arg && arg.collect) {
        const over = mappedOver.get(arg.op);
        const producer = over?.op ?? arg.op;
        templates.get(producer)!.collectors.push({
          step,
          input,
          from: over
            ? { type: 'mapped', op: arg.op, output: resultName(arg) }
            : { type: 'element', output: resultName(arg) },
        });
        steps.push(stepOf.get(producer)!);
        continue;
      }
      for (const from of argumentResults(arg)) inside.push(values.get(placeOf(from))!);
    }
    return { values: [...outside.values, ...inside], steps };
  }

  function mappedSource(arg: OpArgument): MappedSource {
    if ('input' in arg || 'list' in arg || arg.collect) return sourceOf(arg);
    if (mappedOver.has(arg.op)) return { type: 'mapped', op: arg.op, output: resultName(arg) };
    const producer = order.find((op) => op.name === arg.op)!;
    if (opOuts(producer).some((out) => out.name === resultName(arg) && out.isDynamic))
      return { type: 'element', output: resultName(arg) };
    return sourceOf(arg);
  }
}

const placeOf = (result: OpResult): string => `${result.op}\u0000${resultName(result)}`;

/** The ops that the wanted results come from, directly or not. */
function neededOps(order: readonly OpNode[], ...wanted: (readonly string[])[]): Set<string> {
  const needed = new Set(wanted.flat());
  for (const op of order.toReversed())
    if (needed.has(op.name))
      for (const arg of op.args) for (const from of argumentResults(arg)) needed.add(from.op);
  return needed;
}
