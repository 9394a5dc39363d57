// The words between the command and the thread in which a TypeScript module and its bodies live. Plain cloneable
// data: the definitions themselves never leave the thread, only the document that states them.

import type { LaneReply, LaneRequest, ManagedInput } from '#engine/lane-protocol.ts';
import type { Plan } from '#engine/plan-types.ts';
import type { Json, ProjectDocument } from '#model/document.ts';
import type { GraphProblem } from '#model/graph-problem.ts';
import type { AssetRecord } from '#sdk/context.ts';
import type { RunConfig } from '../package/run-config.ts';

/** What the thread is given at its start. */
export interface ModuleThreadData {
  /** URL of the module. */
  readonly module: string;
  /** URL of the built package, which is what `headwater` means inside. */
  readonly packageEntry: string;
  /** URL of the hooks that load TypeScript. */
  readonly hooks: string;
}

export interface ModuleLaunch {
  readonly runId: string;
  readonly plan: Plan;
  readonly config: RunConfig | undefined;
  /** Folder of what IO managers keep. */
  readonly managed: string;
}

export interface OpenedModule {
  readonly document: ProjectDocument;
  readonly problems: readonly GraphProblem[];
}

/** A place in a plan: `input` is the name of one of the step's inputs. */
export interface ManagedPlace {
  readonly stepKey: string;
  readonly input: string;
  readonly managed: ManagedInput;
}

export type ModulePrepared =
  | {
      readonly type: 'prepared';
      /** The parsed config, by step key. */
      readonly config: ReadonlyMap<string, Json>;
      readonly managed: readonly ManagedPlace[];
    }
  | { readonly type: 'config-refused'; readonly message: string }
  /** A resource could not be launched or set up. */
  | { readonly type: 'setup-failed'; readonly message: string; readonly details: readonly string[] };

export type ModuleRequest =
  | { readonly type: 'prepare'; readonly launch: ModuleLaunch }
  /** A fresh lane; the requests that follow are for it. */
  | { readonly type: 'start-lane' }
  | { readonly type: 'lane'; readonly request: LaneRequest }
  | { readonly type: 'records'; readonly id: number; readonly records: readonly AssetRecord[] }
  | { readonly type: 'tear-down' };

export type ModuleReply =
  | ({ readonly type: 'opened' } & OpenedModule)
  /** The module cannot be used: one line that says why, then details. */
  | { readonly type: 'refused'; readonly lines: readonly string[] }
  | ModulePrepared
  | { readonly type: 'lane'; readonly reply: LaneReply }
  /** What a body threw, as Node would print it. */
  | { readonly type: 'thrown'; readonly stepKey: string; readonly stack: readonly string[] }
  | {
      readonly type: 'read-records';
      readonly id: number;
      readonly assetKey: string;
      readonly limit: number;
    }
  | { readonly type: 'torn-down'; readonly problems: readonly string[] };
