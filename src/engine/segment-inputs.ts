// The values that a segment's steps read: which the lane has, which must be sent along, which are missing.

import type { BodyError, ValueRef } from '#model/events.ts';
import type { AssetId } from '#model/ids.ts';
import type { LaneInput, StepNumber, ValueId } from './lane-protocol.ts';
import { isMemoryPack } from './memory-values.ts';
import type { CodeStep, InputSource, PlanInput } from './plan-types.ts';
import type { RunDeps, RunSpec } from './run-types.ts';
import type { StepLedger } from './step-ledger.ts';
import type { StepResults } from './step-results.ts';

export interface SegmentInputs {
  /** Reads the stored values that the run needs from outside. */
  load(): Promise<void>;
  laneInput(input: PlanInput, step: CodeStep): LaneInput;
  /** Why a step's inputs cannot be loaded; undefined when they can. */
  problemOf(step: CodeStep): BodyError | undefined;
  /** What must be sent to a lane that holds `held` before these steps can run there. */
  missingIn(
    held: ReadonlySet<ValueId>,
    steps: readonly CodeStep[],
  ): { readonly id: ValueId; readonly bytes: Uint8Array }[];
}

export function createSegmentInputs(
  { plan, latestOf, managerOf }: RunSpec,
  { readValue }: RunDeps,
  ledger: StepLedger,
  results: StepResults,
): SegmentInputs {
  const stored = new Map<AssetId, { readonly id: ValueId; bytes: Uint8Array | undefined }>();

  /** The IO manager that has the value; undefined when the engine itself has it. */
  const managed = (input: PlanInput, step: CodeStep) => managerOf?.(input, step);

  // A list's values one by one; what was left out of a fan-in is not there.
  function* valuesOf(source: InputSource): Generator<Exclude<InputSource, { type: 'list' }>> {
    if (source.type !== 'list') yield source;
    else
      for (const item of source.items)
        if (item.type !== 'step' || ledger.phaseOf(item.step) !== 'succeeded' || results.isMade(item.value))
          yield* valuesOf(item);
  }

  const idOf = (source: Exclude<InputSource, { type: 'list' }>): ValueId =>
    source.type === 'step' ? source.value : stored.get(source.assetId)!.id;

  const bytesOf = (source: Exclude<InputSource, { type: 'list' }>): Uint8Array | undefined =>
    source.type === 'step' ? results.bytesOf(source.value) : stored.get(source.assetId)!.bytes;

  function problemOf(step: CodeStep): BodyError | undefined {
    for (const input of step.inputs) {
      if (managed(input, step)) continue;
      for (const source of valuesOf(input.source)) {
        if (source.type === 'stored') {
          if (!stored.get(source.assetId)?.bytes)
            return valueLost(input.key, latestOf(source.assetId)?.value);
        } else if (ledger.phaseOf(source.step) === 'succeeded' && !results.hasValue(source.value))
          // Steps that the lane itself is still to run it sees for itself.
          return noValue(input.key);
      }
    }
    return undefined;
  }

  return {
    async load() {
      for (const step of plan.steps) {
        if (step.kind !== 'code') continue;
        for (const input of step.inputs) {
          if (managed(input, step)) continue;
          for (const source of valuesOf(input.source)) {
            if (source.type !== 'stored' || stored.has(source.assetId)) continue;
            const ref = latestOf(source.assetId)?.value;
            const entry: { readonly id: ValueId; bytes: Uint8Array | undefined } = {
              id: -1 - stored.size,
              bytes: undefined,
            };
            stored.set(source.assetId, entry);
            entry.bytes = ref && (await readValue(ref));
          }
        }
      }
    },
    laneInput(input, step) {
      const manager = managed(input, step);
      if (manager) return manager;
      return input.source.type === 'list' ? [...valuesOf(input.source)].map(idOf) : idOf(input.source);
    },
    problemOf,
    missingIn(held, steps) {
      const inSegment = new Set<StepNumber>(steps.map((step) => step.number));
      const values = new Map<ValueId, Uint8Array>();
      for (const step of steps)
        for (const input of step.inputs) {
          if (managed(input, step)) continue;
          for (const source of valuesOf(input.source)) {
            const id = idOf(source);
            const isOwn = source.type === 'step' && inSegment.has(source.step);
            if (held.has(id) || isOwn || values.has(id)) continue;
            const bytes = bytesOf(source);
            // A copy: posting a view would clone the whole buffer behind it.
            if (bytes) values.set(id, bytes.slice());
          }
        }
      return [...values].map(([id, bytes]) => ({ id, bytes }));
    },
  };
}

const valueLost = (key: string, value: ValueRef | undefined): BodyError => ({
  name: 'ValueLost',
  message:
    value && isMemoryPack(value.pack)
      ? `The value of “${key}” was kept in memory and is gone. Materialize “${key}” again.`
      : `The stored value of “${key}” is missing. Materialize “${key}” again.`,
});

const noValue = (key: string): BodyError => ({
  name: 'NoValue',
  message: `“${key}” was materialized without a value, so there is nothing to load.`,
});
