// What a run's steps have made so far: values, versions, and the events that state them.

import type { Materialization } from '#model/asset-state.ts';
import {
  type BodyError,
  type CheckEvaluation,
  type ManagedValue,
  type MetadataEntries,
  type RunEvent,
  type ValueRef,
  type ValueSummary,
  VersionTag,
} from '#model/events.ts';
import type { AssetId, RunId } from '#model/ids.ts';
import type { DynamicValue } from './expand-dynamic.ts';
import type { EventReport, OutputReport, StepReport, ValueId } from './lane-protocol.ts';
import { isMemoryPack, memoryPack } from './memory-values.ts';
import {
  type AssetOutput,
  type CheckOutput,
  firstExtraValue,
  type PlanOutput,
  type PlanStep,
  valueOutputs,
} from './plan-types.ts';
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
   * The events of what a step made, in the order in which it made it. Values join `packId`'s bytes unless they are
   * already stored. Gives an error instead when the lane's bytes are not a value.
   */
  record(step: PlanStep, report: StepReport, bytes: Uint8Array, packId: string): RecordedStep | BodyError;
  /** Has this output been given, with a value or without? */
  isMade(value: ValueId): boolean;
  /** An encoded value of this run while somebody may still need it. */
  bytesOf(value: ValueId): Uint8Array | undefined;
  forgetBytes(value: ValueId): void;
  hasValue(value: ValueId): boolean;
}

export interface RecordedStep {
  readonly events: readonly RunEvent[];
  /** The assets that were made or observed. */
  readonly made: ReadonlySet<AssetOutput>;
  /** The values of its dynamic outputs. */
  readonly dynamic: readonly DynamicValue[];
  /** Is `packId` named by the events? */
  readonly usesPack: boolean;
}

interface ReadValue {
  readonly encoded: Uint8Array;
  readonly canonical: Uint8Array;
  readonly offset: number;
}

export interface StepResultsDeps {
  readonly runId: RunId;
  readonly sha256: Sha256;
  readonly values: ValueFacts;
  latestOf(id: AssetId): Materialization | undefined;
  keepInMemory?(pack: string, bytes: Uint8Array): void;
  assetIdOf?(key: string): AssetId | undefined;
}

/** Ids of values of dynamic outputs: far from those that the plan has given. */
const firstDynamicValue = firstExtraValue * 2;

export function createStepResults({
  runId,
  sha256,
  values,
  latestOf,
  keepInMemory,
  assetIdOf,
}: StepResultsDeps): StepResults {
  /** By asset, what this run has made of it. */
  const madeHere = new Map<AssetId, { readonly dataVersion: string; readonly at: number }>();
  const bytesByValue = new Map<ValueId, Uint8Array>();
  const made = new Set<ValueId>();
  const withValue = new Set<ValueId>();
  let nextDynamic = firstDynamicValue;

  function inputsOf(
    output: AssetOutput,
  ): Pick<events.MaterializationFacts, 'inputVersions' | 'inputPointers'> {
    const inputVersions: Record<string, string> = {};
    const inputPointers: Record<string, string> = {};
    for (const { key, assetId } of output.parents) {
      const here = assetId === undefined ? undefined : madeHere.get(assetId);
      const latest = assetId === undefined || here !== undefined ? undefined : latestOf(assetId);
      inputVersions[key] = here?.dataVersion ?? latest?.dataVersion ?? INITIAL_VERSION;
      if (latest) inputPointers[key] = `${latest.pointer.seq}:${latest.pointer.index}`;
    }
    return { inputVersions, inputPointers };
  }

  function valueRef(
    assetId: AssetId,
    encoded: Uint8Array,
    canonical: Uint8Array,
    place: { offset: number; packId: string },
  ): { ref: ValueRef; isNew: boolean } {
    const hash = sha256(canonical);
    const previous = latestOf(assetId)?.value;
    // The same value again: the bytes are stored already. Key order is not part of the hash, length nearly is.
    if (
      previous &&
      !isMemoryPack(previous.pack) &&
      previous.hash === hash &&
      previous.length === encoded.length
    )
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

  function inMemory(assetId: AssetId, { encoded, canonical }: ReadValue): { ref: ValueRef; isNew: false } {
    const pack = memoryPack(assetId, runId);
    keepInMemory?.(pack, encoded);
    const summary = values.summarize(encoded);
    return {
      ref: { hash: sha256(canonical), pack, offset: 0, length: encoded.length, summary },
      isNew: false,
    };
  }

  /** The value with bytes of its own; those of the batch, which may be stored, no longer have it. */
  function takenOut(read: ReadValue | 'bad' | undefined): ReadValue | 'bad' | undefined {
    if (read === undefined || read === 'bad') return read;
    const encoded = read.encoded.slice();
    read.encoded.fill(0);
    return { ...read, encoded, canonical: values.canonical(encoded)! };
  }

  /** What an evaluation is about: made in this run, or before it. */
  function targetOf({ assetId }: CheckOutput): CheckEvaluation['target'] {
    if (assetId === undefined) return undefined;
    const here = madeHere.get(assetId);
    if (here) return { runId, timestamp: here.at / 1000 };
    const latest = latestOf(assetId);
    return latest && !latest.isObservation ? { runId: latest.runId, timestamp: latest.timestamp } : undefined;
  }

  function record(
    step: PlanStep,
    report: StepReport,
    bytes: Uint8Array,
    packId: string,
  ): RecordedStep | BodyError {
    const outputs = valueOutputs(step);
    const checks = step.outputs.filter((output) => output.type === 'check');
    const list: RunEvent[] = [];
    const assets = new Set<AssetOutput>();
    const dynamic: DynamicValue[] = [];
    const endedAt = report.startedAt + report.durationMs;
    let usesPack = false;

    for (const item of report.made) {
      if (item.type === 'event') {
        list.push(bodyEvent(step, item, endedAt));
        continue;
      }
      if (item.type === 'check') {
        const output = checks[item.check];
        if (!output) return badReport;
        list.push(
          events.stepOutput(runId, step, endedAt),
          events.checkEvaluation(runId, step, output, endedAt, item, targetOf(output)),
        );
        continue;
      }
      const output = outputs[item.output];
      if (!output) return badReport;
      if (item.isUnstored) {
        list.push(events.stepOutput(runId, step, endedAt));
        continue;
      }
      const isInMemory = output.type === 'asset' && output.isInMemory === true && keepInMemory !== undefined;
      const read = isInMemory ? takenOut(readValue(item, bytes)) : readValue(item, bytes);
      if (read === 'bad') return badReport;
      const value = keep(output, item, read?.encoded, step);
      if (output.type === 'op') {
        if (item.mappingKey !== undefined)
          dynamic.push({
            output: output.name,
            mappingKey: item.mappingKey,
            source: { step: step.number, value },
          });
        list.push(events.stepOutput(runId, step, endedAt), events.handledOutput(runId, step, endedAt));
        continue;
      }
      assets.add(output);
      if (output.isObservation) {
        madeObservation(output, item, endedAt);
        // A single observable source writes its observation itself in Dagster; several go through outputs.
        const isSingle = step.kind === 'code' && step.unitId === undefined;
        const said = events.stepOutput(runId, step, endedAt);
        const seen = events.observation(runId, step, output, endedAt, {
          metadata: item.metadata,
          tags: item.tags,
          dataVersion: item.dataVersion,
          isSingle,
        });
        list.push(...(isSingle ? [seen, said] : [said, seen]));
        continue;
      }
      const stored =
        read && isInMemory
          ? inMemory(output.assetId, read)
          : read && !item.isManaged
            ? valueRef(output.assetId, read.encoded, read.canonical, { offset: read.offset, packId })
            : undefined;
      const managed = item.isManaged ? managedValue(output, item, packId) : undefined;
      if (stored?.isNew || managed?.files.some((file) => file.bytes)) usesPack = true;
      const hash = stored?.ref.hash ?? (read ? sha256(read.canonical) : undefined);
      list.push(
        events.stepOutput(runId, step, endedAt),
        materializationOf(step, output, item, endedAt, report.durationMs, stored?.ref, managed, hash),
        ...(read || item.isManaged ? [events.handledOutput(runId, step, endedAt)] : []),
      );
    }
    return { events: list, made: assets, dynamic, usesPack };
  }

  // Says something of another asset: what depends on that one sees the version that is given. Of an asset that the step
  // itself makes, its own output speaks.
  function bodyEvent(step: PlanStep, item: EventReport, at: number): RunEvent {
    const isOwn = step.outputs.some((output) => output.type !== 'op' && output.assetKey === item.assetKey);
    const assetId = isOwn ? undefined : assetIdOf?.(item.assetKey);
    const dataVersion = item.tags?.[VersionTag.data];
    if (assetId !== undefined && dataVersion !== undefined && !madeHere.has(assetId))
      madeHere.set(assetId, { dataVersion, at });
    return events.bodyEvent(runId, step, at, item, assetId);
  }

  function readValue(item: OutputReport, bytes: Uint8Array): ReadValue | 'bad' | undefined {
    if (!item.value) return undefined;
    const { offset, length } = item.value;
    const encoded = bytes.subarray(offset, offset + length);
    const canonical = encoded.length === length ? values.canonical(encoded) : undefined;
    return canonical ? { encoded, canonical, offset } : 'bad';
  }

  /** Remembers the value for those who read it, and gives its id. */
  function keep(
    output: Exclude<PlanOutput, { type: 'check' }>,
    item: OutputReport,
    encoded: Uint8Array | undefined,
    step: PlanStep,
  ): ValueId {
    let id = output.value;
    if (item.mappingKey !== undefined) {
      id = nextDynamic;
      nextDynamic += 1;
    }
    made.add(id);
    if (item.isManaged) withValue.add(id);
    if (!encoded) return id;
    withValue.add(id);
    if (step.downstream.length > 0) bytesByValue.set(id, encoded);
    return id;
  }

  function madeObservation(output: AssetOutput, item: OutputReport, at: number): void {
    if (item.dataVersion !== undefined) madeHere.set(output.assetId, { dataVersion: item.dataVersion, at });
  }

  function materializationOf(
    step: PlanStep,
    output: AssetOutput,
    item: OutputReport,
    at: number,
    durationMs: number,
    value: ValueRef | undefined,
    managed: ManagedValue | undefined,
    hash: string | undefined,
  ): RunEvent {
    const inputs = inputsOf(output);
    const given = item.dataVersion;
    // Where the author gives the code version, Dagster's rule holds; else the value speaks for itself.
    const dataVersion =
      given ??
      (output.hasUserCodeVersion || hash === undefined
        ? computedDataVersion(
            sha256,
            output.hasUserCodeVersion ? output.codeVersion : runId,
            inputs.inputVersions,
          )
        : hash);
    madeHere.set(output.assetId, { dataVersion, at });
    return events.materialization(runId, step, output, at, {
      ...inputs,
      dataVersion,
      isUserProvided: given !== undefined,
      metadata: withRowCount(item.metadata, value?.summary),
      tags: item.tags,
      value,
      managed,
      durationMs,
      previous: latestOf(output.assetId),
    });
  }

  return {
    record,
    isMade: (value) => made.has(value),
    bytesOf: (value) => bytesByValue.get(value),
    forgetBytes: (value) => {
      bytesByValue.delete(value);
    },
    hasValue: (value) => withValue.has(value),
  };
}

function managedValue(
  { ioManager }: AssetOutput,
  { files = [] }: OutputReport,
  pack: string,
): ManagedValue | undefined {
  if (ioManager === undefined) return undefined;
  return {
    manager: ioManager,
    files: files.map(({ path, bytes }) => ({
      path,
      ...(bytes === undefined ? {} : { bytes: { pack, ...bytes } }),
    })),
  };
}

const badReport: BodyError = { name: 'BadValue', message: 'The runner sent bytes that are not a value.' };

// A table's rows are worth plotting over time, so they are metadata under Dagster's well-known name.
function withRowCount(
  metadata: MetadataEntries | undefined,
  summary: ValueSummary | undefined,
): MetadataEntries | undefined {
  if (summary?.kind !== 'table' || summary.count === undefined || metadata?.['dagster/row_count'])
    return metadata;
  return { ...metadata, 'dagster/row_count': { type: 'int', value: summary.count } };
}
