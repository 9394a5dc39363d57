// Writes the steps of a plan: one for each asset, one for each multi-asset, one for each op of a graph asset and one
// for each check, wired to each other and to stored values.

import { keyToStepKey } from '#model/asset-key.ts';
import type { Materialization } from '#model/asset-state.ts';
import type {
  Asset,
  Check,
  CheckSpecData,
  CodeAsset,
  MultiUnit,
  ObservableAsset,
  OutputAsset,
  Unit,
} from '#model/document.ts';
import { type AssetGraph, namedInputs, type NamedInput, unitInputs } from '#model/graph.ts';
import type { AssetId, CheckId } from '#model/ids.ts';
import { checkInputs } from './check-inputs.ts';
import { fileVersion } from './code-version.ts';
import type { BodyHolder, CompiledAsset, Compiler } from './compiler.ts';
import type { StepNumber } from './lane-protocol.ts';
import { orderOwners, type Owner } from './plan-owners.ts';
import {
  type AssetOutput,
  type CheckOutput,
  type CodeStep,
  type FileStep,
  firstExtraValue,
  type InputSource,
  type Parent,
  type PlanInput,
  type PlanOutput,
  type PlanProblem,
  type PlanStep,
  type StepValue,
} from './plan-types.ts';
import { writeGraphSteps } from './plan-graph-asset.ts';

export interface PlanWriterInputs {
  readonly graph: AssetGraph;
  readonly compiler: Compiler;
  latestOf(id: AssetId): Materialization | undefined;
  /** What is to be made, each after what it reads. */
  readonly assets: readonly AssetId[];
  readonly checks: ReadonlySet<CheckId>;
  readonly isObservation: boolean;
}

export interface WrittenPlan {
  readonly steps: readonly PlanStep[];
  readonly problems: readonly PlanProblem[];
}

/** What the writers of single kinds of step share. */
export interface PlanDraft {
  readonly inputs: PlanWriterInputs;
  readonly steps: PlanStep[];
  readonly problems: PlanProblem[];
  /** Where an asset of this run comes from. */
  readonly madeBy: Map<AssetId, StepValue>;
  /** A new value id, for outputs after a step's first. */
  nextValue(): number;
  /** Appends a step behind the steps it waits for. */
  add<T extends PlanStep>(step: Omit<T, 'number' | 'upstream' | 'downstream' | 'needs'> & Wired): T;
  compile(holder: BodyHolder, about: About): CompiledAsset | undefined;
  sourceOf(from: AssetId, about: About): InputSource;
  assetOutput(asset: Asset, fields: Pick<AssetOutput, 'name' | 'value'> & { readonly codeHash: string }): AssetOutput;
  checkOutputs(specs: readonly CheckSpecData[], ownKey: string): CheckOutput[];
  waitsOf(owner: Owner): Waits;
  /** What a step that reads these assets waits for, when it is no check. */
  waitsFor(assets: Iterable<AssetId>): Waits;
  namedInputsOf(unit: Unit): NamedInput[];
}

export interface About {
  readonly assetId: AssetId;
  readonly key: string;
}

/** What a step waits for: outputs that may turn out to be missing, and steps that must only have ended well. */
export interface Waits {
  readonly values: readonly StepValue[];
  readonly steps: readonly StepNumber[];
}
export interface Wired {
  readonly waits: Waits;
}

export function createPlanWriter(inputs: PlanWriterInputs): { readonly isEmpty: boolean; write(): WrittenPlan } {
  const { graph, compiler, latestOf } = inputs;
  const { document } = graph;
  const owners = orderOwners(inputs);
  return {
    isEmpty: owners.ordered.length === 0 && owners.problem === undefined,
    write() {
      const draft = createDraft();
      if (owners.problem) draft.problems.push(owners.problem);
      for (const owner of owners.ordered) writeOwner(owner, draft);
      return { steps: draft.steps, problems: draft.problems };
    },
  };

  function createDraft(): PlanDraft {
    const steps: PlanStep[] = [];
    const problems: PlanProblem[] = [];
    const madeBy = new Map<AssetId, StepValue>();
    const isOptional = new Set<number>();
    let extra = firstExtraValue;
    const gates = new Map<AssetId, StepNumber[]>();
    return {
      inputs,
      steps,
      problems,
      madeBy,
      nextValue: () => extra++,
      add<T extends PlanStep>({ waits, ...step }: Omit<T, 'number' | 'upstream' | 'downstream' | 'needs'> & Wired): T {
        const number = steps.length;
        const upstream = [...new Set([...waits.values.map((value) => value.step), ...waits.steps])];
        for (const up of upstream) steps[up]!.downstream.push(number);
        const needs = waits.values.filter(({ value, step: from }) => isOptional.has(value) || isOptional.has(-1 - from));
        const added = { ...step, number, upstream, downstream: [], needs: needs.map((need) => [need]) } as unknown as T;
        // A step that may be skipped gives nothing then: whatever reads it may be skipped as well.
        if (needs.length > 0) isOptional.add(-1 - number);
        for (const output of added.outputs) {
          if (output.type === 'asset') madeBy.set(output.assetId, { step: number, value: output.value });
          if (output.type !== 'check' && !output.isRequired) isOptional.add(output.value);
          if (output.type === 'check' && output.isBlocking && output.assetId && added.kind === 'code' && added.form === 'check')
            gates.set(output.assetId, [...(gates.get(output.assetId) ?? []), number]);
        }
        steps.push(added);
        return added;
      },
      compile(holder, about) {
        const compiled = compiler.compile(holder, document);
        if (compiled.ok) return compiled.value;
        const { message, line, column } = compiled.error;
        problems.push({ type: 'BodyInvalid', ...about, message, line, column });
        return undefined;
      },
      sourceOf(from, about) {
        const made = madeBy.get(from);
        if (made) return { type: 'step', ...made };
        const { key, ioManager } = document.assets.get(from)!;
        if (!latestOf(from)?.value && ioManager === undefined)
          problems.push({ type: 'NoValueUpstream', ...about, upstream: key });
        return { type: 'stored', assetId: from };
      },
      assetOutput(asset, { name, value, codeHash }) {
        const parents = new Map<string, AssetId | undefined>();
        for (const edge of graph.upstream.get(asset.id) ?? [])
          parents.set(document.assets.get(edge.from)!.key, edge.from);
        for (const dep of asset.deps ?? []) if (graph.stubKeys.has(dep)) parents.set(dep, undefined);
        const isRequired = (asset.kind !== 'asset' && asset.kind !== 'output') || asset.isRequired !== false;
        return {
          type: 'asset',
          name,
          value,
          assetId: asset.id,
          assetKey: asset.key,
          isRequired,
          isObservation: inputs.isObservation,
          parents: [...parents].map(([key, assetId]) => (assetId === undefined ? { key } : { key, assetId }) satisfies Parent),
          codeVersion: asset.codeVersion ?? codeHash,
          hasUserCodeVersion: asset.codeVersion !== undefined,
          ...(asset.ioManager === undefined ? {} : { ioManager: asset.ioManager }),
          ...(asset.metadata === undefined ? {} : { definition: asset.metadata }),
          ...(asset.kind === 'output' && asset.isImplicit ? { isImplicit: true } : {}),
        };
      },
      checkOutputs: (specs, ownKey) =>
        specs.map((spec) => {
          const assetKey = spec.asset ?? ownKey;
          const assetId = graph.idByKey.get(assetKey);
          return {
            type: 'check',
            name: spec.name,
            assetKey,
            ...(assetId === undefined ? {} : { assetId }),
            isBlocking: spec.blocking === true,
          };
        }),
      waitsOf: (owner) => waitsFor(owner.reads, owner.type !== 'check'),
      waitsFor: (assets) => waitsFor(assets, true),
      namedInputsOf: unitInputs,
    };

    function waitsFor(assets: Iterable<AssetId>, isGated: boolean): Waits {
      const values: StepValue[] = [];
      const gating: StepNumber[] = [];
      for (const from of assets) {
        const made = madeBy.get(from);
        if (!made) continue;
        values.push(made);
        if (isGated) gating.push(...(gates.get(from) ?? []));
      }
      return { values, steps: gating };
    }
  }
}

function writeOwner(owner: Owner, draft: PlanDraft): void {
  const { graph } = draft.inputs;
  const { document } = graph;
  if (owner.type === 'check') return writeCheck(document.checks.get(owner.id)!, owner, draft);
  if (owner.type === 'unit') {
    const unit = document.units.get(owner.id)!;
    if (unit.kind === 'graph') return writeGraphSteps(unit, owner, draft);
    return writeUnit(unit, owner, draft);
  }
  const asset = document.assets.get(owner.id)!;
  if (asset.kind === 'asset' || asset.kind === 'observable') return writeAsset(asset, owner, draft);
  if (asset.kind !== 'file') return;
  draft.add<FileStep>({
    kind: 'file',
    asset,
    stepKey: keyToStepKey(asset.key),
    label: asset.key,
    concerns: [asset.id],
    outputs: [
      draft.assetOutput(asset, { name: 'result', value: draft.steps.length, codeHash: fileVersion(asset, graph) }),
    ],
    waits: draft.waitsOf(owner),
  });
}

function writeAsset(asset: CodeAsset | ObservableAsset, owner: Owner, draft: PlanDraft): void {
  const about = { assetId: asset.id, key: asset.key };
  const compiled = draft.compile(asset, about);
  if (!compiled) return;
  const output = draft.assetOutput(asset, {
    name: 'result',
    value: draft.steps.length,
    codeHash: compiled.codeHash,
  });
  draft.add<CodeStep>({
    kind: 'code',
    form: asset.kind === 'observable' ? 'observe' : 'asset',
    stepKey: keyToStepKey(asset.key),
    label: asset.key,
    concerns: [asset.id],
    outputs: [output, ...draft.checkOutputs(asset.checks ?? [], asset.key)],
    compiled,
    inputs: planInputs(namedInputs(asset), asset, about, draft),
    ...runFields(asset),
    waits: draft.waitsOf(owner),
  });
}

function writeUnit(unit: MultiUnit, owner: Extract<Owner, { type: 'unit' }>, draft: PlanDraft): void {
  const { graph } = draft.inputs;
  const first = outputAsset(owner.assets[0]!, draft);
  const about = { assetId: first.id, key: first.key };
  const compiled = draft.compile(unit, about);
  if (!compiled) return;
  const wanted = new Set(owner.assets);
  const outputs: PlanOutput[] = [];
  const unselected: string[] = [];
  for (const id of graph.outputsByUnit.get(unit.id) ?? []) {
    const asset = outputAsset(id, draft);
    if (!wanted.has(id)) {
      unselected.push(asset.output, asset.key);
      continue;
    }
    const value = outputs.length === 0 ? draft.steps.length : draft.nextValue();
    outputs.push(draft.assetOutput(asset, { name: asset.output, value, codeHash: compiled.codeHash }));
  }
  const checks = draft
    .checkOutputs(unit.checks ?? [], first.key)
    .filter(({ assetId }) => assetId === undefined || wanted.has(assetId));
  draft.add<CodeStep>({
    kind: 'code',
    form: unit.kind === 'multi' ? 'multi' : 'observe',
    stepKey: unit.name,
    label: unit.name,
    concerns: owner.assets,
    outputs: [...outputs, ...checks],
    compiled,
    inputs: planInputs(unitInputs(unit), first, about, draft),
    ...runFields(unit),
    unitId: unit.id,
    ...(unselected.length > 0 ? { unselected } : {}),
    waits: draft.waitsOf(owner),
  });
}

function writeCheck(check: Check, owner: Extract<Owner, { type: 'check' }>, draft: PlanDraft): void {
  const { graph } = draft.inputs;
  const checked = check.specs[0]?.asset ?? '';
  const assetId = graph.idByKey.get(checked);
  const reader = (assetId !== undefined && graph.document.assets.get(assetId)) || undefined;
  // A check of an asset that is not defined still runs: Dagster makes a stub of it.
  const about = { assetId: assetId ?? ('' as AssetId), key: checked };
  const compiled = draft.compile(check, about);
  if (!compiled) return;
  const isSingle = check.specs.length === 1;
  const inputs = checkInputs(check).map(
    ({ name, key }): PlanInput => {
      const from = reader ? graph.resolve(key, reader) : graph.idByKey.get(key);
      return {
        name,
        key,
        source: from === undefined ? { type: 'list', items: [] } : draft.sourceOf(from, about),
      };
    },
  );
  draft.add<CodeStep>({
    kind: 'code',
    form: 'check',
    stepKey: isSingle ? `${keyToStepKey(checked)}_${check.specs[0]!.name}` : check.name,
    concerns: [],
    label: isSingle ? `${checked}: ${check.specs[0]!.name}` : check.name,
    outputs: draft.checkOutputs(check.specs, checked),
    compiled,
    inputs,
    ...runFields(check),
    checkId: check.id,
    waits: draft.waitsOf(owner),
  });
}

function planInputs(named: readonly NamedInput[], reader: Asset, about: About, draft: PlanDraft): PlanInput[] {
  const { graph } = draft.inputs;
  const inputs: PlanInput[] = [];
  for (const { name, key } of named) {
    const from = graph.resolve(key, reader);
    // Reported by validation.
    if (from === undefined) continue;
    inputs.push({ name, key: graph.document.assets.get(from)!.key, source: draft.sourceOf(from, about) });
  }
  return inputs;
}

/** What a step takes over from the thing that holds its body. */
export const runFields = ({
  retryPolicy,
  timeoutSeconds,
  config,
  resources,
}: Pick<CodeAsset, 'retryPolicy' | 'timeoutSeconds' | 'config' | 'resources'>): Pick<
  CodeStep,
  'retryPolicy' | 'timeoutSeconds' | 'config' | 'resources'
> => ({
  resources: resources ?? [],
  ...(retryPolicy === undefined ? {} : { retryPolicy }),
  ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  ...(config === undefined ? {} : { config }),
});

function outputAsset(id: AssetId, draft: PlanDraft): OutputAsset {
  return draft.inputs.graph.document.assets.get(id) as OutputAsset;
}

