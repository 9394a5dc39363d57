// The values that a segment's steps read: which the lane has, which must be sent along, which are missing.

import type { BodyError } from '#model/events.ts';
import type { AssetId } from '#model/ids.ts';
import type { ValueId } from './lane-protocol.ts';
import type { CodeStep, InputSource } from './plan.ts';
import type { RunDeps, RunSpec } from './run-types.ts';
import type { StepLedger } from './step-ledger.ts';
import type { StepResults } from './step-results.ts';

export interface SegmentInputs {
  /** Reads the stored values that the run needs from outside. */
  load(): Promise<void>;
  idOf(source: InputSource): ValueId;
  /** Why a step's inputs cannot be loaded; undefined when they can. */
  problemOf(step: CodeStep): BodyError | undefined;
  /** What must be sent to a lane that holds `held` before these steps can run there. */
  missingIn(
    held: ReadonlySet<ValueId>,
    steps: readonly CodeStep[],
  ): { readonly id: ValueId; readonly bytes: Uint8Array }[];
}

export function createSegmentInputs(
  { plan, latestOf }: RunSpec,
  { readValue }: RunDeps,
  ledger: StepLedger,
  results: StepResults,
): SegmentInputs {
  const stored = new Map<AssetId, { readonly id: ValueId; bytes: Uint8Array | undefined }>();

  const idOf = (source: InputSource): ValueId =>
    source.type === 'step' ? source.step : stored.get(source.assetId)!.id;

  const bytesOf = (source: InputSource): Uint8Array | undefined =>
    source.type === 'step' ? results.bytesOf(source.step) : stored.get(source.assetId)!.bytes;

  return {
    async load() {
      for (const step of plan.steps) {
        if (step.kind !== 'code') continue;
        for (const { source } of step.inputs) {
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
    },
    idOf,
    problemOf(step) {
      for (const { key, source } of step.inputs) {
        if (source.type === 'stored') {
          if (!stored.get(source.assetId)?.bytes) return valueLost(key);
        } else if (ledger.phaseOf(source.step) === 'succeeded' && !results.hasValue(source.step))
          // Steps that the lane itself is still to run it sees for itself.
          return noValue(key);
      }
      return undefined;
    },
    missingIn(held, steps) {
      const inSegment = new Set(steps.map((step) => step.number));
      const values = new Map<ValueId, Uint8Array>();
      for (const step of steps)
        for (const { source } of step.inputs) {
          const id = idOf(source);
          if (held.has(id) || inSegment.has(id) || values.has(id)) continue;
          const bytes = bytesOf(source);
          // A copy: posting a view would clone the whole buffer behind it.
          if (bytes) values.set(id, bytes.slice());
        }
      return [...values].map(([id, bytes]) => ({ id, bytes }));
    },
  };
}

const valueLost = (key: string): BodyError => ({
  name: 'ValueLost',
  message: `The stored value of “${key}” is missing. Materialize “${key}” again.`,
});

const noValue = (key: string): BodyError => ({
  name: 'NoValue',
  message: `“${key}” was materialized without a value, so there is nothing to load.`,
});
