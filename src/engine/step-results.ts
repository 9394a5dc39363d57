// What a run's steps have made so far: values, versions, and the events that state them.

import type { Materialization } from '#model/asset-state.ts';
import type { BodyError, MetadataEntries, RunEvent, ValueRef, ValueSummary } from '#model/events.ts';
import type { AssetId, RunId } from '#model/ids.ts';
import type { OutputReport, StepNumber, StepReport } from './lane-protocol.ts';
import type { Plan, PlanStep } from './plan.ts';
import type { Sha256 } from './ports.ts';
import * as events from './step-events.ts';
import { computedDataVersion, INITIAL_VERSION } from './versions.ts';

/** What the engine must know of encoded values; it never decodes them. */
export interface ValueFacts {
  /** The bytes that a value's hash is taken over; undefined when they are not an encoded value. */
  canonical(bytes: Uint8Array): Uint8Array | undefined;
  summarize(bytes: Uint8Array): ValueSummary;
}

export interface StepResults {
  /**
   * The events of a successful step. Its value joins `packId`'s bytes unless it is already stored.
   * Gives an error instead when the lane's bytes are not a value.
   */
  recordSuccess(
    step: PlanStep,
    report: StepReport,
    bytes: Uint8Array,
    packId: string,
  ): RecordedStep | BodyError;
  /** Encoded value of a step of this run while somebody may still need it. */
  bytesOf(step: StepNumber): Uint8Array | undefined;
  forgetBytes(step: StepNumber): void;
  hasValue(step: StepNumber): boolean;
}

export interface RecordedStep {
  readonly events: readonly RunEvent[];
  /** Is `packId` named by the events? */
  readonly usesPack: boolean;
}

export interface StepResultsDeps {
  readonly runId: RunId;
  readonly plan: Plan;
  readonly sha256: Sha256;
  readonly values: ValueFacts;
  latestOf(id: AssetId): Materialization | undefined;
}

export function createStepResults({ runId, plan, sha256, values, latestOf }: StepResultsDeps): StepResults {
  const dataVersions: (string | undefined)[] = plan.steps.map(() => undefined);
  const bytesByStep = new Map<StepNumber, Uint8Array>();
  const withValue = new Set<StepNumber>();
  const stepOfAsset = new Map<AssetId, StepNumber>(plan.steps.map((step) => [step.assetId, step.number]));

  function inputsOf(step: PlanStep): Pick<events.MaterializationFacts, 'inputVersions' | 'inputPointers'> {
    const inputVersions: Record<string, string> = {};
    const inputPointers: Record<string, string> = {};
    for (const { key, assetId } of step.parents) {
      const inRun = assetId === undefined ? undefined : stepOfAsset.get(assetId);
      const latest = assetId === undefined || inRun !== undefined ? undefined : latestOf(assetId);
      inputVersions[key] =
        (inRun === undefined ? latest?.dataVersion : dataVersions[inRun]) ?? INITIAL_VERSION;
      if (latest) inputPointers[key] = `${latest.pointer.seq}:${latest.pointer.index}`;
    }
    return { inputVersions, inputPointers };
  }

  function valueRef(
    step: PlanStep,
    encoded: Uint8Array,
    canonical: Uint8Array,
    place: { offset: number; packId: string },
  ): { ref: ValueRef; isNew: boolean } {
    const hash = sha256(canonical);
    const previous = latestOf(step.assetId)?.value;
    // The same value again: the bytes are stored already. Key order is not part of the hash, length nearly is.
    if (previous && previous.hash === hash && previous.length === encoded.length)
      return { ref: previous, isNew: false };
    const ref: ValueRef = {
      hash,
      pack: place.packId,
      offset: place.offset,
      length: encoded.length,
      summary: values.summarize(encoded),
    };
    return { ref, isNew: true };
  }

  return {
    recordSuccess(step, report, bytes, packId) {
      const output: OutputReport | undefined = report.outputs.find((item) => item.assetKey === step.assetKey);
      const endedAt = report.startedAt + report.durationMs;
      let value: ValueRef | undefined;
      let usesPack = false;
      if (output?.value) {
        const { offset, length } = output.value;
        const encoded = bytes.subarray(offset, offset + length);
        const canonical = encoded.length === length ? values.canonical(encoded) : undefined;
        if (!canonical) return { name: 'BadValue', message: 'The runner sent bytes that are not a value.' };
        const { ref, isNew } = valueRef(step, encoded, canonical, { offset, packId });
        value = ref;
        usesPack = isNew;
        withValue.add(step.number);
        if (step.downstream.length > 0) bytesByStep.set(step.number, encoded);
      }
      const inputs = inputsOf(step);
      const given = output?.dataVersion;
      const dataVersion =
        given ??
        value?.hash ??
        computedDataVersion(sha256, step.hasUserCodeVersion ? step.codeVersion : runId, inputs.inputVersions);
      dataVersions[step.number] = dataVersion;
      return {
        usesPack,
        events: [
          events.stepOutput(runId, step, endedAt),
          events.materialization(runId, step, endedAt, {
            ...inputs,
            dataVersion,
            isUserProvided: given !== undefined,
            metadata: withRowCount(output?.metadata, value?.summary),
            tags: output?.tags,
            value,
            durationMs: report.durationMs,
            previous: latestOf(step.assetId),
          }),
          ...(value ? [events.handledOutput(runId, step, endedAt)] : []),
          events.stepSuccess(runId, step, endedAt, report.durationMs),
        ],
      };
    },
    bytesOf: (step) => bytesByStep.get(step),
    forgetBytes: (step) => {
      bytesByStep.delete(step);
    },
    hasValue: (step) => withValue.has(step),
  };
}

// A table's rows are worth plotting over time, so they are metadata under Dagster's well-known name.
function withRowCount(
  metadata: MetadataEntries | undefined,
  summary: ValueSummary | undefined,
): MetadataEntries | undefined {
  if (summary?.kind !== 'table' || summary.count === undefined || metadata?.['dagster/row_count'])
    return metadata;
  return { ...metadata, 'dagster/row_count': { type: 'int', value: summary.count } };
}
