// The plan under construction: what the writers of single kinds of step share.

import type { Asset, CheckSpecData, CodeAsset, Unit } from '#model/document.ts';
import { type NamedInput, unitInputs } from '#model/graph.ts';
import type { AssetId } from '#model/ids.ts';
import { ioManagerOf, isForgetful } from '#model/io-manager-of.ts';
import { resourceKeysOf } from '#model/resource-names.ts';
import type { BodyHolder, CompiledAsset } from './compiler.ts';
import type { StepNumber } from './lane-protocol.ts';
import type { Owner, PlanWriterInputs } from './plan-owners.ts';
import {
  type AssetOutput,
  type CheckOutput,
  type CodeStep,
  firstExtraValue,
  type InputSource,
  type Parent,
  type PlanProblem,
  type PlanStep,
  type StepValue,
} from './plan-types.ts';

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
  assetOutput(
    asset: Asset,
    fields: Pick<AssetOutput, 'name' | 'value'> & { readonly codeHash: string },
  ): AssetOutput;
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

export function createDraft(inputs: PlanWriterInputs): PlanDraft {
  const { graph, compiler, latestOf } = inputs;
  const { document } = graph;
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
    add<T extends PlanStep>({
      waits,
      ...step
    }: Omit<T, 'number' | 'upstream' | 'downstream' | 'needs'> & Wired): T {
      const number = steps.length;
      const upstream = [...new Set([...waits.values.map((value) => value.step), ...waits.steps])];
      for (const up of upstream) steps[up]!.downstream.push(number);
      const needs = waits.values.filter(
        ({ value, step: from }) => isOptional.has(value) || isOptional.has(-1 - from),
      );
      const added = {
        ...step,
        number,
        upstream,
        downstream: [],
        needs: needs.map((need) => [need]),
      } as unknown as T;
      // A step that may be skipped gives nothing then: whatever reads it may be skipped as well.
      if (needs.length > 0) isOptional.add(-1 - number);
      for (const output of added.outputs) {
        if (output.type === 'asset') madeBy.set(output.assetId, { step: number, value: output.value });
        if (output.type !== 'check' && !output.isRequired) isOptional.add(output.value);
        if (
          output.type === 'check' &&
          output.isBlocking &&
          output.assetId &&
          added.kind === 'code' &&
          added.form === 'check'
        )
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
      const asset = document.assets.get(from)!;
      const manager = ioManagerOf(asset, document);
      // What an IO manager has, only it knows.
      if (!latestOf(from)?.value && (manager === undefined || isForgetful(manager, document)))
        problems.push({ type: 'NoValueUpstream', ...about, upstream: asset.key });
      return { type: 'stored', assetId: from };
    },
    assetOutput(asset, { name, value, codeHash }) {
      const parents = new Map<string, AssetId | undefined>();
      for (const edge of graph.upstream.get(asset.id) ?? [])
        parents.set(document.assets.get(edge.from)!.key, edge.from);
      for (const dep of asset.deps ?? []) if (graph.stubKeys.has(dep)) parents.set(dep, undefined);
      const ioManager = ioManagerOf(asset, document);
      // In a unit that can be split what has no value is made only by a word of the body, as in Dagster.
      const isFree =
        asset.kind === 'output' && asset.isImplicit && document.units.get(asset.unit)?.canSubset === true;
      const isRequired =
        ((asset.kind !== 'asset' && asset.kind !== 'output') || asset.isRequired !== false) && !isFree;
      return {
        type: 'asset',
        name,
        value,
        assetId: asset.id,
        assetKey: asset.key,
        isRequired,
        isObservation: inputs.isObservation,
        parents: [...parents].map(
          ([key, assetId]) => (assetId === undefined ? { key } : { key, assetId }) satisfies Parent,
        ),
        codeVersion: asset.codeVersion ?? codeHash,
        hasUserCodeVersion: asset.codeVersion !== undefined,
        ...(ioManager === undefined
          ? {}
          : isForgetful(ioManager, document)
            ? { isInMemory: true }
            : { ioManager }),
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

type RunField = 'retryPolicy' | 'timeoutSeconds' | 'config' | 'configSchema' | 'resources';

/** What a step takes over from the thing that holds its body. */
export const runFields = ({
  retryPolicy,
  timeoutSeconds,
  config,
  configSchema,
  ...holder
}: Pick<CodeAsset, 'body' | RunField>): Pick<CodeStep, RunField> => ({
  resources: resourceKeysOf(holder),
  ...(retryPolicy === undefined ? {} : { retryPolicy }),
  ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  ...(config === undefined ? {} : { config }),
  ...(configSchema === undefined ? {} : { configSchema }),
});
