// What the engine needs from the outside. Adapters live in storage/, workers/ and app/; each port has one
// contract suite that every adapter passes.

import type { Result } from '#base/result.ts';
import type { RunEvent, RunRecord } from '#model/events.ts';
import type { ProjectId, RunId, TabId } from '#model/ids.ts';
import type { LaneReply, LaneRequest } from './lane-protocol.ts';

/** Time and timers. `now` is milliseconds since the epoch, fractions allowed. */
export interface Clock {
  now(): number;
  /** Calls back once after `delayMs`; returns what cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

/** A fresh id: at least 122 random bits, lower-case hex and dashes. */
export type IdSource = () => string;

/** A fraction in [0, 1), for jitter. */
export type RandomSource = () => number;

/** Lower-case hex SHA-256. Synchronous: it runs once per value. */
export type Sha256 = (bytes: Uint8Array) => string;

/** TypeScript to JavaScript of the same length, types blanked. */
export type StripTypes = (source: string) => Result<string, StripError>;
export interface StripError {
  readonly type: 'StripError';
  readonly message: string;
  /** 1-based; absent when the stripper gave none. */
  readonly line?: number;
  readonly column?: number;
}

// ------------------------------------------------------------------------------------------ running bodies

/** Starts lanes: one fresh realm each, which runs the steps it is sent one after another. */
export interface BodyRunner {
  /** How many lanes are worth starting at once on this machine. */
  readonly laneCount: number;
  startLane(handler: LaneHandler): Lane;
}

export interface LaneHandler {
  onReply(reply: LaneReply): void;
  /** The lane is gone without being asked: its process died, or it broke the protocol or its credit. */
  onDead(reason: LaneDeath): void;
}

export type LaneDeath =
  | { readonly type: 'Crashed'; readonly detail: string }
  | { readonly type: 'OutOfCredit'; readonly detail: string }
  | { readonly type: 'ProtocolBroken'; readonly detail: string };

export interface Lane {
  send(request: LaneRequest): void;
  /** Ends the lane at once, whatever it is doing. No reply follows. */
  terminate(): void;
}

// ------------------------------------------------------------------------------------------ remembering runs

export type StoreError =
  /** Another tab leads now; nothing was written. */
  | { readonly type: 'Fenced'; readonly current: number }
  /** A newer build of the app has upgraded the store; nothing was written. */
  | { readonly type: 'NewerSchema'; readonly found: number; readonly known: number }
  /** The disk or the browser's quota is full; nothing was written. */
  | { readonly type: 'QuotaExceeded'; readonly detail: string }
  | { readonly type: 'StoreFailed'; readonly detail: string };

/** Bytes of one or more values. A pack is written once and never changed. */
export interface ValuePack {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** Everything that becomes true together: values, the events that speak of them, the run's row. */
export interface RunCommit {
  readonly projectId: ProjectId;
  readonly runId: RunId;
  /** The writer's fencing number; an old one is refused. */
  readonly fencing: number;
  readonly packs: readonly ValuePack[];
  readonly events: readonly RunEvent[];
  readonly run: RunRecord;
}

/** A stored batch of events; `seq` grows by one per commit within a project. */
export interface EventSegment {
  readonly seq: number;
  readonly runId: RunId;
  readonly events: readonly RunEvent[];
}

/** Thrown by reads of what is missing or not as it was written. The rest can still be read. */
export class StoreDamaged extends Error {
  override readonly name = 'StoreDamaged';
  readonly projectId: ProjectId;
  /** A segment of the history of runs, or an entry of the command log. */
  readonly part: 'segment' | 'log';
  /** The number of the first one that cannot be read. */
  readonly seq: number;

  constructor(projectId: ProjectId, part: 'segment' | 'log', seq: number, detail: string) {
    super(
      part === 'segment'
        ? `Segment ${seq} of the history of runs is damaged: ${detail}`
        : `Entry ${seq} of the project's log of changes is damaged: ${detail}`,
    );
    this.projectId = projectId;
    this.part = part;
    this.seq = seq;
  }
}

/** The history of runs and the values they made. Reads reject when the store as a whole cannot be read. */
export interface RunStore {
  /** Writes all of it or nothing, and answers with the segment's number once it is safe. */
  commit(commit: RunCommit): Promise<Result<number, StoreError>>;
  /**
   * Segments with `seq` > `after`, oldest first. Throws StoreDamaged at one that is damaged or missing from the
   * row of numbers; the ones behind it are read by starting again after the error's `seq`.
   */
  readSegments(projectId: ProjectId, after: number): AsyncIterable<EventSegment>;
  /** Undefined when there is none; throws StoreDamaged when it cannot be read. */
  readSegment(projectId: ProjectId, seq: number): Promise<EventSegment | undefined>;
  /** All events of one run, oldest first. Throws StoreDamaged when some cannot be read. */
  readRunEvents(projectId: ProjectId, runId: RunId): Promise<readonly RunEvent[]>;
  /** Newest first. */
  listRuns(projectId: ProjectId, limit: number): Promise<readonly RunRecord[]>;
  readRun(projectId: ProjectId, runId: RunId): Promise<RunRecord | undefined>;
  /** Runs whose status is not terminal. */
  unfinishedRuns(projectId: ProjectId): Promise<readonly RunRecord[]>;
  /** Undefined when the pack is missing or not what was written: its values are lost, or were deleted. */
  readPack(projectId: ProjectId, packId: string): Promise<Uint8Array | undefined>;
  /** The packs that were deleted on purpose. */
  listDeletedPacks(projectId: ProjectId): Promise<ReadonlySet<string>>;
  /** Forgets values, for retention; the events that speak of them stay. */
  deletePacks(
    projectId: ProjectId,
    fencing: number,
    packIds: readonly string[],
  ): Promise<Result<void, StoreError>>;
  /** A derived index, saved so that opening need not replay everything; `seq` is the last segment in it. */
  readIndex(projectId: ProjectId): Promise<{ readonly seq: number; readonly bytes: Uint8Array } | undefined>;
  writeIndex(
    projectId: ProjectId,
    fencing: number,
    index: { readonly seq: number; readonly bytes: Uint8Array },
  ): Promise<Result<void, StoreError>>;
}

// -------------------------------------------------------------------------------------- remembering documents

export interface ProjectRow {
  readonly projectId: ProjectId;
  readonly name: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly openedAt: number;
  /** Assets, for the gallery. */
  readonly assetCount: number;
}

/** A project that was deleted and can still be brought back. */
export interface DiscardedProject {
  readonly row: ProjectRow;
  /** Milliseconds since the epoch. */
  readonly discardedAt: number;
}

/** One entry of a project's command log, as JSON text so that stores need not understand it. */
export interface LogRow {
  readonly seq: number;
  readonly entry: string;
}

export type AppendError =
  /** Others have appended since; here is what, so that the caller can re-apply its command. */
  { readonly type: 'Behind'; readonly missed: readonly LogRow[] } | StoreError;

/** Documents as a command log with checkpoints, and their data files. Any tab writes. */
export interface DocumentStore {
  listProjects(): Promise<readonly ProjectRow[]>;
  /** A new project whose first checkpoint is `documentText`. */
  createProject(row: ProjectRow, documentText: string): Promise<Result<void, StoreError>>;
  /** The row's changed fields; also marks a project as opened. */
  updateProject(
    projectId: ProjectId,
    change: Partial<Omit<ProjectRow, 'projectId'>>,
  ): Promise<Result<void, StoreError>>;
  /**
   * Puts a project aside: it is neither listed nor read nor written until it is recovered, and its last leader is
   * fenced off. Everything of it stays.
   */
  discardProject(projectId: ProjectId, now: number): Promise<Result<void, StoreError>>;
  /** Brings a discarded project back as it was. */
  recoverProject(projectId: ProjectId): Promise<Result<void, StoreError>>;
  listDiscarded(): Promise<readonly DiscardedProject[]>;
  /** Removes the project, discarded or not, with its log, files, runs and values. */
  deleteProject(projectId: ProjectId): Promise<Result<void, StoreError>>;
  /**
   * The newest checkpoint and the whole log (undo reaches back past checkpoints). Throws StoreDamaged when an
   * entry is missing; `readLog` still gives those that are there.
   */
  readProject(projectId: ProjectId): Promise<
    | {
        readonly row: ProjectRow;
        readonly checkpoint: { readonly seq: number; readonly documentText: string };
        readonly log: readonly LogRow[];
      }
    | undefined
  >;
  readLog(projectId: ProjectId, after: number): Promise<readonly LogRow[]>;
  /** Appends as number `expectedSeq + 1`, or refuses when the log's head is not `expectedSeq`. */
  append(
    projectId: ProjectId,
    expectedSeq: number,
    entry: string,
    change: Partial<Omit<ProjectRow, 'projectId'>>,
  ): Promise<Result<number, AppendError>>;
  writeCheckpoint(projectId: ProjectId, seq: number, documentText: string): Promise<Result<void, StoreError>>;
  /** Data files by the SHA-256 of their bytes. */
  putFile(projectId: ProjectId, sha256: string, bytes: Uint8Array): Promise<Result<void, StoreError>>;
  /**
   * A data file in pieces, so that one of any size is written as it comes; `sha256` is asked once all have been
   * taken. When `pieces` throws, nothing is kept and the error passes through.
   */
  putFileInPieces(
    projectId: ProjectId,
    pieces: AsyncIterable<Uint8Array>,
    sha256: () => string,
  ): Promise<Result<void, StoreError>>;
  getFile(projectId: ProjectId, sha256: string): Promise<Uint8Array | undefined>;
  /** The SHA-256 of each data file. */
  listFiles(projectId: ProjectId): Promise<readonly string[]>;
}

// ------------------------------------------------------------------------------------------------ leading

export interface Lease {
  readonly projectId: ProjectId;
  readonly tabId: TabId;
  /** Grows by one with each new leader. */
  readonly fencing: number;
  /** Milliseconds since the epoch of the last heartbeat. */
  readonly heartbeatAt: number;
}

/** Who leads a project. A new lease fences off the writes of every earlier one. */
export interface LeaseStore {
  take(projectId: ProjectId, tabId: TabId, now: number): Promise<Result<Lease, StoreError>>;
  /** False when another has taken the lease since, or when the row cannot be written: stop leading. */
  heartbeat(lease: Lease, now: number): Promise<boolean>;
  read(projectId: ProjectId): Promise<Lease | undefined>;
}

/** A follower's wish that the leader carries out: launch or cancel, as JSON text. */
export interface RequestRow {
  readonly id: number;
  readonly text: string;
}

export interface RequestStore {
  addRequest(projectId: ProjectId, text: string): Promise<Result<number, StoreError>>;
  /** Takes all waiting requests, oldest first; each is handed out once, and only to the current leader. */
  takeRequests(projectId: ProjectId, fencing: number): Promise<Result<readonly RequestRow[], StoreError>>;
}

/** That an environment value is there, and since when. */
export interface SecretRow {
  readonly projectId: ProjectId;
  readonly name: string;
  /** Milliseconds since the epoch; undefined of one that was put before this was written down. */
  readonly setAt: number | undefined;
}

/**
 * Environment values of projects, by name. Nothing else keeps them: no document, event, copy or backup. A project
 * reads its own only, so that one from elsewhere cannot ask for those of another.
 */
export interface SecretStore {
  /** Sorted. */
  names(projectId: ProjectId): Promise<readonly string[]>;
  /** Those of all projects, without their values; sorted by project, then name. */
  list(): Promise<readonly SecretRow[]>;
  read(projectId: ProjectId, name: string): Promise<string | undefined>;
  put(projectId: ProjectId, name: string, value: string, setAt: number): Promise<Result<void, StoreError>>;
  remove(projectId: ProjectId, name: string): Promise<Result<void, StoreError>>;
  removeAll(projectId: ProjectId): Promise<Result<void, StoreError>>;
}

/** All that a store knows of one project, but its lease and requests. */
export interface ProjectContent {
  readonly row: ProjectRow;
  readonly checkpoint: { readonly seq: number; readonly documentText: string };
  /** Numbered from 1 without gaps. */
  readonly log: readonly LogRow[];
  readonly files: readonly { readonly sha256: string; readonly bytes: Uint8Array }[];
  readonly segments: readonly EventSegment[];
  readonly runs: readonly RunRecord[];
  /** One without bytes was deleted on purpose, as `listDeletedPacks` then says. */
  readonly packs: readonly ValuePack[];
}

/** What one adapter offers as a whole. */
export interface Store extends RunStore, DocumentStore, LeaseStore, RequestStore {
  /** A new project with a whole history, under the numbers it had; all of it or nothing. */
  restoreProject(content: ProjectContent): Promise<Result<void, StoreError>>;
  close(): void;
}
