// Values that a project from outside brings along, as one finished run: a materialization for each, in a pack of their
// own. Nobody's word is taken for a hash: a value's version is that of its bytes. Results without a value are no
// materializations, for what reads the asset would find nothing.

import type { ProjectDocument } from '#model/document.ts';
import { type MetadataEntries, type RunEvent, type RunRecord, VersionTag } from '#model/events.ts';
import { buildGraph } from '#model/graph.ts';
import type { AssetId, RunId } from '#model/ids.ts';
import { ioManagerOf } from '#model/io-manager-of.ts';
import type { EventSegment, Sha256, ValuePack } from './ports.ts';
import { runEvent } from './step-events.ts';
import type { ValueFacts } from './step-results.ts';
import { INITIAL_VERSION } from './versions.ts';

export interface BroughtValue {
  /** Key of the asset. */
  readonly key: string;
  /** Whether there is more of it where it comes from. */
  readonly isSample: boolean;
  /** As values are stored. */
  readonly bytes: Uint8Array;
}

export interface BroughtResult {
  readonly key: string;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly durationMs: number;
  readonly codeVersion: string;
  readonly metadata: MetadataEntries;
}

/** What came along with a project. */
export interface Brought {
  readonly values?: readonly BroughtValue[];
  readonly results?: readonly BroughtResult[];
}

export interface BroughtRun {
  readonly run: RunRecord;
  readonly segment: EventSegment;
  readonly pack: ValuePack;
}

interface BroughtDeps {
  readonly runId: RunId;
  readonly packId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly sha256: Sha256;
  readonly values: ValueFacts;
}

/** Undefined when there is nothing to store: no values, or only such as IO managers of the project keep. */
export function runOfBrought(
  document: ProjectDocument,
  { values = [], results = [] }: Brought,
  { runId, packId, now, sha256, values: facts }: BroughtDeps,
): BroughtRun | undefined {
  const graph = buildGraph(document);
  const resultByKey = new Map(results.map((result) => [result.key, result]));
  const stored: Stored[] = [];
  let length = 0;
  for (const { key, isSample, bytes } of values) {
    const id = graph.idByKey.get(key);
    const asset = id === undefined ? undefined : document.assets.get(id);
    const canonical = facts.canonical(bytes);
    if (!asset || asset.kind === 'external' || asset.kind === 'observable' || !canonical) continue;
    if (ioManagerOf(asset, document) !== undefined) continue;
    stored.push({ id: asset.id, key, isSample, bytes, offset: length, hash: sha256(canonical) });
    length += bytes.length;
  }
  if (stored.length === 0) return undefined;

  const bytes = new Uint8Array(length);
  for (const value of stored) bytes.set(value.bytes, value.offset);
  const versions = new Map(stored.map(({ id, hash }) => [id, hash]));
  const madeOf = ({ id, key, isSample, offset, hash, bytes: own }: Stored): RunEvent => {
    const result = resultByKey.get(key);
    const tags: Record<string, string> = {
      // A part of a value is not what the code makes.
      [VersionTag.code]: isSample ? '' : (result?.codeVersion ?? ''),
      [VersionTag.data]: hash,
    };
    for (const { from } of graph.upstream.get(id) ?? []) {
      const parent = document.assets.get(from);
      if (parent) tags[VersionTag.inputPrefix + parent.key] = versions.get(from) ?? INITIAL_VERSION;
    }
    return {
      type: 'ASSET_MATERIALIZATION',
      timestamp: now / 1000,
      runId,
      stepKey: key,
      assetKey: key,
      assetId: id,
      durationMs: result?.durationMs ?? 0,
      tags,
      metadata: { ...result?.metadata, ...origin(isSample, result) },
      value: { hash, pack: packId, offset, length: own.length, summary: facts.summarize(own) },
    };
  };
  const said = `${stored.length === 1 ? 'One value' : `${stored.length} values`} came along with the project.`;
  const events = [
    runEvent(runId, 'RUN_START', now),
    ...stored.map(madeOf),
    runEvent(runId, 'RUN_SUCCESS', now, said),
  ];
  return {
    run: {
      runId,
      status: 'SUCCESS',
      target: 'values that came along',
      trigger: 'manual',
      createdAt: now,
      startedAt: now,
      endedAt: now,
      stepCount: stored.length,
      succeeded: stored.length,
      failed: 0,
      skipped: 0,
      tags: {},
      fencing: 0,
      assetIds: stored.map(({ id }) => id),
    },
    segment: { seq: 1, runId, events },
    pack: { id: packId, bytes },
  };
}

interface Stored extends BroughtValue {
  readonly id: AssetId;
  readonly offset: number;
  readonly hash: string;
}

/** Said on the materialization itself, where it stays. */
function origin(isSample: boolean, result: BroughtResult | undefined): MetadataEntries {
  return {
    'came along': {
      type: 'text',
      value: isSample ? 'from outside, only a part of the value' : 'from outside, the whole value',
    },
    ...(result ? { 'made there at': { type: 'timestamp', value: result.timestamp } } : {}),
  };
}
