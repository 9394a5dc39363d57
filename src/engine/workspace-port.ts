// What the screen asks of the machinery behind it: projects, the command log, runs, values. Implemented by
// workers/engine/client.ts; handed to state/ and ui/ by app/compose.ts.

import type { Result } from '#base/result.ts';
import type { AssetState, Materialization } from '#model/asset-state.ts';
import type { ProjectDocument } from '#model/document.ts';
import type { RunEvent, RunRecord, ValueRef, ValueSummary } from '#model/events.ts';
import type { LogEntry } from '#model/history.ts';
import type { AssetId, ProjectId, RunId } from '#model/ids.ts';
import type { DocumentProblem } from '#model/parse-document.ts';
import type { PlanError } from './plan.ts';
import type { AppendError, ProjectRow, StoreError } from './ports.ts';

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
  | { readonly type: 'runs'; readonly projectId: ProjectId; readonly runs: readonly RunRecord[] }
  /** New events of any run of the project, in order; only while somebody wants them (`watchEvents`). */
  | {
      readonly type: 'run-events';
      readonly projectId: ProjectId;
      readonly runId: RunId;
      readonly events: readonly RunEvent[];
    }
  | { readonly type: 'leading'; readonly projectId: ProjectId; readonly leading: boolean }
  | { readonly type: 'problems'; readonly projectId: ProjectId; readonly problems: readonly BodyProblem[] }
  | { readonly type: 'storage'; readonly state: StorageState }
  | { readonly type: 'projects-changed' };

export type LiveState = Pick<AssetState, 'assetId' | 'status' | 'progress'>;

/** What is wrong with a body beyond its head: syntax, imports, unstrippable TypeScript. */
export interface BodyProblem {
  readonly assetId: AssetId;
  readonly message: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

export type LaunchError = PlanError | { readonly type: 'ProjectNotOpen' } | StoreError;

export interface LaunchRequest {
  readonly target: { readonly type: 'all' } | { readonly type: 'assets'; readonly ids: readonly AssetId[] };
  /** The log entry that the user sees: the run uses the document at it or later. */
  readonly seq: number;
  readonly trigger: RunRecord['trigger'];
  /** Re-execution: the run whose remaining steps this one carries on. */
  readonly resumeOf?: RunId;
}

/** Rows of a table value, read from its encoded bytes without decoding the rest. */
export interface TablePage {
  readonly from: number;
  readonly rows: readonly (readonly unknown[])[];
}

export interface TreeNode {
  readonly label: string;
  readonly kind: string;
  readonly text?: string;
  readonly children?: readonly TreeNode[];
  /** Children that were left out. */
  readonly more?: number;
}

export type ValuePreview =
  | {
      readonly type: 'table';
      readonly rowCount: number;
      readonly columns: readonly { readonly name: string; readonly type: string }[];
      readonly first: TablePage;
    }
  | { readonly type: 'tree'; readonly summary: ValueSummary; readonly root: TreeNode }
  | { readonly type: 'lost' };

export type ImportError =
  | { readonly type: 'BadDocument'; readonly problems: readonly DocumentProblem[] }
  | { readonly type: 'FileMismatch'; readonly path: string }
  | { readonly type: 'BadBackup'; readonly detail: string }
  | StoreError;

export interface WorkspacePort {
  storageState(): Promise<StorageState>;
  listProjects(): Promise<readonly ProjectRow[]>;
  createProject(name: string): Promise<Result<ProjectId, StoreError>>;
  /** A new project from a file's text. `sideFiles`: bytes of data files that lie beside it, by path. */
  importProject(
    text: string,
    sideFiles: readonly { readonly path: string; readonly bytes: Uint8Array }[],
  ): Promise<Result<ProjectId, ImportError>>;
  /** The file's text, and the data files that are too large to stand inline. */
  exportProject(projectId: ProjectId): Promise<{
    readonly text: string;
    readonly sideFiles: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  }>;
  backupProject(projectId: ProjectId): Promise<Uint8Array>;
  restoreBackup(bytes: Uint8Array): Promise<Result<ProjectId, ImportError>>;
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
  putFile(projectId: ProjectId, sha256: string, bytes: Uint8Array): Promise<Result<void, StoreError>>;

  launch(projectId: ProjectId, request: LaunchRequest): Promise<Result<RunId, LaunchError>>;
  cancel(projectId: ProjectId, runId: RunId): Promise<void>;
  runEvents(projectId: ProjectId, runId: RunId): Promise<readonly RunEvent[]>;
  /** Whether `run-events` are wanted from here on: a run of thousands has more to tell than a page can read. */
  watchEvents(wanted: boolean): Promise<void>;
  /** Newest first; `before` continues a page. */
  history(
    projectId: ProjectId,
    assetId: AssetId,
    limit: number,
    before?: Materialization,
  ): Promise<readonly Materialization[]>;
  preview(projectId: ProjectId, value: ValueRef): Promise<ValuePreview>;
  tableRows(projectId: ProjectId, value: ValueRef, from: number, to: number): Promise<TablePage | undefined>;

  subscribe(listener: (event: WorkspaceEvent) => void): () => void;
}
