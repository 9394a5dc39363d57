// The event log folded per asset: latest materialization and latest attempt. Derived; it can be rebuilt
// from the segments at any time, and is saved only to make opening fast.

import type { Materialization } from '#model/asset-state.ts';
import { checkPlace } from '#model/checks/check-state.ts';
import {
  type BodyError,
  type BytesRef,
  type EventPointer,
  type ManagedValue,
  type RunEvent,
  VersionTag,
} from '#model/events.ts';
import type { AssetId, RunId } from '#model/ids.ts';
import type { EventSegment } from './ports.ts';

export type AttemptOutcome = 'materialized' | 'failed' | 'skipped' | 'canceled' | 'interrupted';

export interface AssetHead {
  readonly latest?: Materialization;
  /** How the newest run that meant to materialize the asset ended for it. */
  readonly attempt?: {
    readonly outcome: AttemptOutcome;
    readonly runId: RunId;
    readonly timestamp: number;
    readonly error?: BodyError;
  };
}

/** Heads by asset id. Events without an asset id (SDK, command line) are folded under their key. */
export interface AssetIndex {
  /** The newest segment that has been folded in. */
  seq: number;
  readonly heads: Map<AssetId, AssetHead>;
  /** By asset and name of the check; see `checkPlace`. */
  readonly checks: Map<string, CheckHead>;
  /** What IO managers keep, by `managedPlace`. */
  readonly managed: Map<string, BytesRef>;
}

/** One name for a path of one manager. */
export const managedPlace = (manager: string, path: string): string => `${manager}\u0000${path}`;

/** What is known of one check. */
export interface CheckHead {
  readonly assetId?: AssetId;
  readonly assetKey: string;
  readonly name: string;
  /** The newest evaluation. */
  readonly latest?: RunEvent;
  /** Every evaluation in the log, oldest first. */
  readonly evaluations: readonly EventPointer[];
  /** The newest run that meant to evaluate it. */
  readonly plannedIn?: RunId;
}

export const emptyIndex = (): AssetIndex => ({
  seq: 0,
  heads: new Map(),
  checks: new Map(),
  managed: new Map(),
});

/** Folds a segment in, and names the assets it touched. Segments at or below `index.seq` are passed over. */
export function foldSegment(index: AssetIndex, segment: EventSegment): AssetId[] {
  if (segment.seq <= index.seq) return [];
  const touched: AssetId[] = [];
  segment.events.forEach((event, i) => {
    if (event.managed) foldManaged(index.managed, event.managed);
    const id = event.assetId;
    if (event.check) foldCheck(index, event, { seq: segment.seq, index: i });
    if (id === undefined) return;
    if (event.type === 'ASSET_WIPED') {
      index.heads.delete(id);
      for (const [place, check] of index.checks) if (check.assetId === id) index.checks.delete(place);
      touched.push(id);
      return;
    }
    const head = nextHead(index.heads.get(id), event, { seq: segment.seq, index: i });
    if (!head) return;
    index.heads.set(id, head);
    touched.push(id);
  });
  index.seq = segment.seq;
  return touched;
}

function foldManaged(kept: Map<string, BytesRef>, { manager, files }: ManagedValue): void {
  for (const { path, bytes } of files) {
    if (bytes) kept.set(managedPlace(manager, path), bytes);
    else kept.delete(managedPlace(manager, path));
  }
}

function foldCheck(index: AssetIndex, event: RunEvent, pointer: EventPointer): void {
  const { check, assetId, assetKey = '' } = event;
  const place = checkPlace(assetId ?? assetKey, check!.name);
  const known = index.checks.get(place);
  const isEvaluation = event.type === 'ASSET_CHECK_EVALUATION';
  index.checks.set(place, {
    ...known,
    ...(assetId === undefined ? {} : { assetId }),
    assetKey,
    name: check!.name,
    plannedIn: event.runId,
    evaluations: isEvaluation
      ? [...(known?.evaluations ?? []), pointer].slice(-mostEvaluations)
      : (known?.evaluations ?? []),
    ...(isEvaluation ? { latest: event } : {}),
  });
}

/** So many evaluations of a check are found again; the log has them all. */
const mostEvaluations = 500;

function nextHead(
  head: AssetHead | undefined,
  event: RunEvent,
  pointer: EventPointer,
): AssetHead | undefined {
  const { runId, timestamp } = event;
  if (event.type === 'ASSET_MATERIALIZATION')
    return {
      latest: materializationOf(event, pointer),
      attempt: { outcome: 'materialized', runId, timestamp },
    };
  // What an asset that is made somewhere else looks like now. What is made here is not changed by a look.
  if (event.type === 'ASSET_OBSERVATION')
    return head?.latest && !head.latest.isObservation
      ? undefined
      : { ...head, latest: { ...materializationOf(event, pointer), isObservation: true } };
  // An output that was left out on purpose leaves its asset as it was.
  if (event.type !== 'ASSET_FAILED_TO_MATERIALIZE' || event.reason === 'SKIPPED_OPTIONAL') return undefined;
  return {
    ...head,
    attempt: {
      outcome: outcomeOf(event),
      runId,
      timestamp,
      ...(event.error === undefined ? {} : { error: event.error }),
    },
  };
}

function outcomeOf(event: RunEvent): AttemptOutcome {
  switch (event.reason) {
    case 'UPSTREAM_COMPUTE_FAILED':
    case 'UPSTREAM_SKIPPED':
    case 'SKIPPED_OPTIONAL':
      return 'skipped';
    case 'USER_TERMINATION':
      return 'canceled';
    case 'UNEXPECTED_TERMINATION':
      return 'interrupted';
    default:
      return 'failed';
  }
}

/** An ASSET_MATERIALIZATION event as the record it states. */
export function materializationOf(event: RunEvent, pointer: EventPointer): Materialization {
  const tags = event.tags ?? {};
  const inputVersions: Record<string, string> = {};
  for (const name of Object.keys(tags))
    if (name.startsWith(VersionTag.inputPrefix))
      inputVersions[name.slice(VersionTag.inputPrefix.length)] = tags[name]!;
  return {
    pointer,
    runId: event.runId,
    timestamp: event.timestamp,
    durationMs: event.durationMs ?? 0,
    codeVersion: tags[VersionTag.code] ?? '',
    dataVersion: tags[VersionTag.data] ?? '',
    dataVersionIsUserProvided: tags[VersionTag.dataIsUserProvided] === 'true',
    inputVersions,
    metadata: event.metadata ?? {},
    ...(event.previous === undefined ? {} : { previous: event.previous }),
    ...(event.value === undefined ? {} : { value: event.value }),
    ...(event.managed === undefined ? {} : { manager: event.managed.manager }),
    ...restoredOf(tags),
  };
}

function restoredOf(tags: Readonly<Record<string, string>>): Pick<Materialization, 'restoredFrom'> {
  const [seq, index] = (tags[VersionTag.restoredFrom] ?? '').split(':').map(Number);
  const timestamp = Number(tags[VersionTag.restoredTime]);
  if (!Number.isInteger(seq) || !Number.isInteger(index) || !Number.isFinite(timestamp)) return {};
  return { restoredFrom: { pointer: { seq: seq!, index: index! }, timestamp } };
}
