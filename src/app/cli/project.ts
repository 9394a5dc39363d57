// What a command works on: a saved project or a module, opened, with what runs its bodies.

import type { Result } from '#base/result.ts';
import type { Compiler } from '#engine/compiler.ts';
import type { Plan } from '#engine/plan-types.ts';
import type { BodyRunner, Store } from '#engine/ports.ts';
import type { RunDeps, RunSpec } from '#engine/run-types.ts';
import type { ProjectDocument } from '#model/document.ts';
import type { RunEvent } from '#model/events.ts';
import type { ProjectId, RunId } from '#model/ids.ts';
import type { RunConfig } from '../package/run-config.ts';

export interface Project {
  readonly path: string;
  /** What its history is kept under: a storage holds one project of a name, wherever FILE lies. */
  readonly projectId: ProjectId;
  readonly document: ProjectDocument;
  readonly compiler: Compiler;
  /** Where the schemas of its config are: a module's bodies parse theirs. */
  readonly configIn: 'document' | 'bodies';
  /** Every problem, one a line. */
  findProblems(): readonly string[];
  /** Problems that leave the document without a meaning: nothing may run. */
  findFatalProblems(): readonly string[];
  readonly decodeFile: RunDeps['decodeFile'];
  prepare(launch: Launch): Promise<Result<PreparedRun, PrepareError>>;
  close(): Promise<void>;
}

export interface Launch {
  readonly runId: RunId;
  readonly plan: Plan;
  readonly config: RunConfig | undefined;
  readonly store: Store;
  /** Folder of the storage. */
  readonly storage: string;
}

export interface PreparedRun {
  readonly runner: BodyRunner;
  readonly spec: Pick<RunSpec, 'configOf' | 'managerOf' | 'defaultTimeoutMs' | 'resources' | 'secrets'>;
  /** Told of what stands in the store. */
  onCommitted(events: readonly RunEvent[]): void;
  /** Where a body threw, in the user's own files. */
  stackOf(stepKey: string): readonly string[] | undefined;
  /** Says what went wrong with that. */
  end(): Promise<readonly string[]>;
}

export type PrepareError =
  | { readonly type: 'ConfigRefused'; readonly message: string }
  | { readonly type: 'SetupFailed'; readonly message: string; readonly details: readonly string[] };
