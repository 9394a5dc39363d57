// What the screen asks of the machinery behind it: projects, the command log, runs, values. Implemented by
// workers/engine/client.ts; handed to state/ and ui/ by app/compose.ts.

import type { Result } from '#base/result.ts';
import type { AssetState, Materialization } from '#model/asset-state.ts';
import type { CheckRecord, CheckState } from '#model/checks/check-state.ts';
import type { DataFile, ProjectDocument } from '#model/document.ts';
import type { BodyError, RunConfig, RunEvent, RunRecord, ValueRef } from '#model/events.ts';
import type { GraphProblem } from '#model/graph-problem.ts';
import type { HistoryError, LogEntry } from '#model/history.ts';
import type { AssetId, CheckId, ProjectId, RunId } from '#model/ids.ts';
import type { DocumentProblem } from '#model/parse-document.ts';
import type { Brought } from './brought-values.ts';
import type { PlanPreview } from './plan-preview.ts';
import type { PlanError } from './plan-types.ts';
import type { AppendError, DiscardedProject, ProjectRow, StoreError } from './ports.ts';
import type { Pruning } from './retention.ts';
import type { ScratchPrinted, ScratchResult } from './scratch-port.ts';
import type { StrippedCode } from './stripped-code.ts';
import type { ResourceTrial } from './try-resource.ts';
import type { TablePage, ValuePreview } from './value-preview.ts';

/** How safe the work is. `memory` says why nothing outlives this tab. */
export type StorageState =
  | {
      readonly type: 'durable';
      readonly persisted: boolean;
      /** Projects that the browser had lost, brought back from their copies without runs and values. */
      readonly restored?: readonly string[];
    }
  | { readonly type: 'memory'; readonly reason: string }
  | { readonly type: 'failing'; readonly error: StoreError };

export interface OpenedProject {
  readonly row: ProjectRow;
  /** As of the newest entry of the log. */
  readonly document: ProjectDocument;
  readonly entries: readonly LogEntry[];
  readonly states: readonly AssetState[];
  readonly checks: readonly CheckState[];
  /** Those known by now; more may be told later. */
  readonly problems: readonly CodeProblem[];
  readonly runs: readonly RunRecord[];
  readonly leading: boolean;
}

export type WorkspaceEvent =
  /** Another tab has appended to the log. */
  | {
      readonly type: 'log-grew';
      readonly projectId: ProjectId;
      readonly entries: readonly LogEntry[];
      readonly after: number;
    }
  | {
      readonly type: 'states';
      readonly projectId: ProjectId;
      readonly states: readonly AssetState[];
      /** Of assets whose state is known already, and is the same but for this. */
      readonly live: readonly LiveState[];
    }
  | { readonly type: 'checks'; readonly projectId: ProjectId; readonly checks: readonly CheckState[] }
  | { readonly type: 'runs'; readonly projectId: ProjectId; readonly runs: readonly RunRecord[] }
  /** New events of any run of the project, in order; only while somebody wants them (`watchEvents`). */
  | {
      readonly type: 'run-events';
      readonly projectId: ProjectId;
      readonly runId: RunId;
      readonly events: readonly RunEvent[];
    }
  /**
   * What lines of the scratchpad have printed since the last such event, while they run. `attempt` grows when they
   * run again with a value that they lacked: what an earlier attempt printed is void then.
   */
  | {
      readonly type: 'scratch-printed';
      readonly projectId: ProjectId;
      readonly evaluationId: string;
      readonly attempt: number;
      readonly printed: ScratchPrinted;
    }
  | { readonly type: 'leading'; readonly projectId: ProjectId; readonly leading: boolean }
  | { readonly type: 'problems'; readonly projectId: ProjectId; readonly problems: readonly CodeProblem[] }
  /** How far `importFile` has come. */
  | { readonly type: 'import-progress'; readonly importId: string; readonly bytes: number }
  | { readonly type: 'storage'; readonly state: StorageState }
  | { readonly type: 'projects-changed' };

/** A project as a location of code in this browser's workspace. */
export interface CodeLocation {
  readonly projectId: ProjectId;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
  readonly state:
    | {
        readonly type: 'loaded';
        /** Of the assets that it makes or looks at. */
        readonly keys: readonly string[];
        readonly checks: number;
        readonly resources: number;
        readonly problems: readonly GraphProblem[];
        /** Names of the locations that its external assets come from. */
        readonly dependsOn: readonly string[];
      }
    | { readonly type: 'failed'; readonly detail: string };
}

export type LiveState = Pick<AssetState, 'assetId' | 'status' | 'progress'>;

/** What is wrong with a body beyond its head: syntax, imports, unstrippable TypeScript. */
export interface BodyProblem {
  readonly assetId: AssetId;
  /** When it is about the body of a check of the asset. */
  readonly checkId?: CheckId;
  /** When it is about the body of an op of the graph that makes the asset. */
  readonly op?: string;
  readonly message: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

/** Why the class of a resource does not compile. */
export interface ResourceProblem {
  /** Its key. */
  readonly resource: string;
  readonly message: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

export type CodeProblem = BodyProblem | ResourceProblem;

export type LaunchError = PlanError | { readonly type: 'ProjectNotOpen' } | StoreError;

export interface LaunchRequest {
  readonly target:
    | { readonly type: 'all' }
    | { readonly type: 'assets'; readonly ids: readonly AssetId[] }
    /** Checks alone, of what is stored. */
    | { readonly type: 'checks'; readonly ids: readonly CheckId[] };
  /** The log entry that the user sees: the run uses the document at it or later. */
  readonly seq: number;
  readonly trigger: RunRecord['trigger'];
  /** The earlier run whose steps these are. */
  readonly reexecution?: Reexecution;
  /** How many steps may run at the same time; as many as the machine is good for when left out. */
  readonly maxLanes?: number;
  /** After the run, only so many of the newest values of each asset are kept. */
  readonly keepValues?: number;
  /** Steps whose code and inputs match their stored materialization are not run. Off unless it is true. */
  readonly reuse?: boolean;
  /** In place of the default config. */
  readonly config?: RunConfig;
  /** Observable assets are looked at; nothing is materialized. */
  readonly observe?: boolean;
}

/** Dagster's strategies (reference §7.4). FROM_FAILURE leaves out the steps that the earlier run has finished. */
export interface Reexecution {
  readonly parentRunId: RunId;
  readonly strategy: 'ALL_STEPS' | 'FROM_FAILURE' | 'SELECTED_STEPS';
}

export type PruningPlan = Omit<Pruning, 'packs'>;

export type ImportError =
  | { readonly type: 'BadDocument'; readonly problems: readonly DocumentProblem[] }
  | { readonly type: 'FileMismatch'; readonly path: string }
  | { readonly type: 'BadBackup'; readonly detail: string }
  | StoreError;

export type RenameError = HistoryError | StoreError;
/** A file of the user's: what the engine needs of the platform's `Blob`. */
export interface FileSource {
  readonly size: number;
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}
export interface ImportedFile {
  readonly sha256: string;
  readonly bytes: number;
  /** Base64, of files that are kept in the document. */
  readonly data?: string;
}
export type ImportFileError =
  | { readonly type: 'Canceled' }
  | { readonly type: 'FileUnreadable'; readonly detail: string }
  | { readonly type: 'FileTooLarge'; readonly bytes: number; readonly most: number }
  | StoreError;

export type RestoreError =
  | { readonly type: 'ProjectNotOpen' }
  | { readonly type: 'AssetNotFound'; readonly id: AssetId }
  /** A run is about to give it another value. */
  | { readonly type: 'AssetBusy'; readonly key: string }
  | { readonly type: 'ValueLost'; readonly key: string }
  | StoreError;

/** The environment values that are kept for one project. */
export interface SecretsOfProject {
  readonly projectId: ProjectId;
  /** Undefined when the browser has the values still, but the project not any more. */
  readonly name: string | undefined;
  /** Put aside: its values go with it, for good or back. */
  readonly isDiscarded: boolean;
  readonly secrets: readonly {
    readonly name: string;
    /** Milliseconds since the epoch; undefined when it is not known. */
    readonly setAt: number | undefined;
    /** Keys of the resources whose fields name it, sorted; undefined when the project cannot be read now. */
    readonly usedBy: readonly string[] | undefined;
  }[];
}

export interface WorkspacePort {
  storageState(): Promise<StorageState>;
  listProjects(): Promise<readonly ProjectRow[]>;
  /** The project as a code location, read anew; undefined when it is not there any more. Runs nothing. */
  readLocation(projectId: ProjectId): Promise<CodeLocation | undefined>;
  createProject(name: string): Promise<Result<ProjectId, StoreError>>;
  /**
   * A new project from a file's text. `sideFiles`: bytes of data files that lie beside it, by path. `brought`: values
   * that come along, which become its assets' latest ones.
   */
  importProject(
    text: string,
    sideFiles: readonly { readonly path: string; readonly bytes: Uint8Array }[],
    brought?: Brought,
  ): Promise<Result<ProjectId, ImportError>>;
  /** The file's text, and the data files that are too large to stand inline. */
  exportProject(projectId: ProjectId): Promise<{
    readonly text: string;
    readonly sideFiles: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  }>;
  /** All code of the newest document as JavaScript. Runs nothing. */
  stripProject(projectId: ProjectId): Promise<StrippedCode>;
  backupProject(projectId: ProjectId): Promise<Uint8Array>;
  /** All projects in one file. */
  backupAll(): Promise<Uint8Array>;
  /** New projects from a backup of one or of several: all of them or none. */
  restoreBackup(bytes: Uint8Array): Promise<Result<readonly ProjectId[], ImportError>>;
  renameProject(projectId: ProjectId, name: string): Promise<Result<void, RenameError>>;
  /** A copy with the log, runs and values. */
  duplicateProject(projectId: ProjectId, name: string): Promise<Result<ProjectId, RenameError>>;
  /** Puts a project aside for a day; `recoverProject` takes it back whole. */
  discardProject(projectId: ProjectId): Promise<Result<void, StoreError>>;
  recoverProject(projectId: ProjectId): Promise<Result<void, StoreError>>;
  listDiscarded(): Promise<readonly DiscardedProject[]>;
  /** For good, whether it was put aside before or not. */
  deleteProject(projectId: ProjectId): Promise<Result<void, StoreError>>;

  /** Opens a project and starts its events; one project is open at a time. Runs nothing. */
  openProject(projectId: ProjectId): Promise<OpenedProject | undefined>;
  closeProject(): Promise<void>;
  /** Appends to the command log, as number `expectedSeq + 1`. */
  appendEntry(
    projectId: ProjectId,
    expectedSeq: number,
    entry: LogEntry,
  ): Promise<
    Result<
      number,
      | Exclude<AppendError, { type: 'Behind' }>
      | { readonly type: 'Behind'; readonly missed: readonly LogEntry[] }
    >
  >;
  /**
   * Takes a data file into the project's storage, a piece at a time, and answers with what the document should
   * say of it; small ones come back inline. The document is not touched. `importId` names it for `cancelImport`.
   */
  importFile(
    projectId: ProjectId,
    importId: string,
    file: FileSource,
  ): Promise<Result<ImportedFile, ImportFileError>>;
  cancelImport(importId: string): Promise<void>;
  /**
   * Copies data files that other projects of this browser have into this one, by their SHA-256; those that it has
   * already are left alone. Answers with the ones that nobody has.
   */
  adoptFiles(
    projectId: ProjectId,
    sha256s: readonly string[],
  ): Promise<Result<readonly string[], StoreError>>;
  /** Makes a resource of the newest document as a run would, in a lane of its own, and tears it down. */
  tryResource(projectId: ProjectId, key: string): Promise<ResourceTrial>;
  /** Names of the project's environment values; the values themselves go nowhere but to the resources that name them. */
  listSecrets(projectId: ProjectId): Promise<readonly string[]>;
  /** The environment values of every project of this browser, without the values themselves. */
  listAllSecrets(): Promise<readonly SecretsOfProject[]>;
  /** Sets an environment value, or removes it (`undefined`). */
  putSecret(projectId: ProjectId, name: string, value: string | undefined): Promise<Result<void, StoreError>>;
  /** A data file of the project; the error says in words what is wrong with it. */
  readFile(projectId: ProjectId, file: DataFile): Promise<Result<Uint8Array, BodyError>>;

  launch(projectId: ProjectId, request: LaunchRequest): Promise<Result<RunId, LaunchError>>;
  /** What a launch would do now; undefined when the project is not open. Runs nothing. */
  previewPlan(projectId: ProjectId, request: LaunchRequest): Promise<PlanPreview | undefined>;
  cancel(projectId: ProjectId, runId: RunId): Promise<void>;
  /** Runs lines over stored values, in this tab. Nothing that comes of it is stored. */
  evaluate(projectId: ProjectId, evaluationId: string, source: string): Promise<ScratchResult>;
  stopEvaluation(projectId: ProjectId, evaluationId: string): Promise<void>;
  runEvents(projectId: ProjectId, runId: RunId): Promise<readonly RunEvent[]>;
  /** Whether `run-events` are wanted from here on: a run of thousands has more to tell than a page can read. */
  watchEvents(wanted: boolean): Promise<void>;
  /** Newest first. */
  listRuns(projectId: ProjectId, limit: number): Promise<readonly RunRecord[]>;
  readRun(projectId: ProjectId, runId: RunId): Promise<RunRecord | undefined>;
  /** What keeping only the newest `keep` values of each asset would give up. Changes nothing. */
  planPruning(projectId: ProjectId, keep: number): Promise<PruningPlan>;
  /** Does it. History stays; the newest value of each asset too. */
  pruneValues(projectId: ProjectId, keep: number): Promise<Result<PruningPlan, StoreError>>;
  /** Newest first; `before` continues a page. */
  history(
    projectId: ProjectId,
    assetId: AssetId,
    limit: number,
    before?: Materialization,
  ): Promise<readonly Materialization[]>;
  /** The evaluations of a check, newest first; `before` continues a page. */
  checkHistory(
    projectId: ProjectId,
    assetId: AssetId,
    name: string,
    limit: number,
    before?: CheckRecord,
  ): Promise<readonly CheckRecord[]>;
  /**
   * Makes an earlier value the latest one: a new materialization that says which one it restores. In a tab that
   * does not lead it is done when the leader takes it up.
   */
  restore(
    projectId: ProjectId,
    assetId: AssetId,
    from: Materialization,
  ): Promise<Result<RunId, RestoreError>>;
  /** The encoded bytes of a value, for the value worker; undefined when it is lost. */
  valueBytes(projectId: ProjectId, value: ValueRef): Promise<Uint8Array | undefined>;
  preview(projectId: ProjectId, value: ValueRef): Promise<ValuePreview>;
  tableRows(projectId: ProjectId, value: ValueRef, from: number, to: number): Promise<TablePage | undefined>;

  subscribe(listener: (event: WorkspaceEvent) => void): () => void;
}
