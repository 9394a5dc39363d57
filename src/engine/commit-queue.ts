// Group commit: one commit under way at a time; what gathers meanwhile goes into the next.

import type { Result } from '#base/result.ts';
import type { RunEvent, RunRecord } from '#model/events.ts';
import type { EventSegment, RunCommit, StoreError, ValuePack } from './ports.ts';

export interface CommitQueue {
  /** Adds to the next commit. Values and the events that name them must come in one call. */
  add(events: readonly RunEvent[], packs?: readonly ValuePack[]): void;
  /** Calls back when all that has been added so far is safe; never when it is refused. */
  afterCommit(callback: () => void): void;
  /** Resolves when everything added so far is safe, or rejects nothing: failure is `failed`. */
  drain(): Promise<void>;
  /** The first commit that was refused; from then on nothing is written. */
  readonly failed: StoreError | undefined;
}

export interface CommitQueueDeps {
  commit(commit: RunCommit): Promise<Result<number, StoreError>>;
  /** The run's row as it is now: written with each commit. */
  currentRun(): RunRecord;
  header: Pick<RunCommit, 'projectId' | 'runId' | 'fencing'>;
  onCommitted(segment: EventSegment, run: RunRecord): void;
  onFailed(error: StoreError): void;
}

export function createCommitQueue({
  commit,
  currentRun,
  header,
  onCommitted,
  onFailed,
}: CommitQueueDeps): CommitQueue {
  let events: RunEvent[] = [];
  let packs: ValuePack[] = [];
  let callbacks: (() => void)[] = [];
  let failed: StoreError | undefined;
  let writing: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    try {
      while (events.length > 0 && !failed) await writeBatch();
    } finally {
      // In the turn of the last look, which found nothing: what is added later begins anew.
      writing = undefined;
    }
  }

  async function writeBatch(): Promise<void> {
    const batch = events;
    const values = packs;
    const told = callbacks;
    events = [];
    packs = [];
    callbacks = [];
    const run = currentRun();
    const answer = await commit({ ...header, events: batch, packs: values, run });
    if (answer.ok) {
      onCommitted({ seq: answer.value, runId: header.runId, events: batch }, run);
      for (const callback of told) callback();
    } else {
      failed = answer.error;
      onFailed(answer.error);
    }
  }

  return {
    add(newEvents, newPacks = []) {
      if (failed) return;
      for (const event of newEvents) events.push(event);
      for (const pack of newPacks) packs.push(pack);
      writing ??= Promise.resolve().then(writeAll);
    },
    afterCommit(callback) {
      callbacks.push(callback);
    },
    async drain() {
      while (writing) await writing;
    },
    get failed() {
      return failed;
    },
  };
}
