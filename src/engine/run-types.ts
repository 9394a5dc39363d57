// What a run is asked to do, what it needs, and whom it tells.

import type { Materialization } from '#model/asset-state.ts';
import type { Json } from '#model/document.ts';
import type { BodyError, MetadataEntries, RunConfig, RunRecord, ValueRef } from '#model/events.ts';
import type { AssetId, ProjectId, RunId } from '#model/ids.ts';
import type { LiveStep } from './asset-status.ts';
import type { LaneResource, ManagedInput } from './lane-protocol.ts';
import type { CodeStep, FileStep, Plan, PlanInput } from './plan-types.ts';
import type { BodyRunner, Clock, EventSegment, RandomSource, RunStore, Sha256, StoreError } from './ports.ts';
import type { ValueFacts } from './step-results.ts';

/** How a file asset's bytes become a value: `bytes` is the encoded value. */
export type DecodeFile = (step: FileStep) => Promise<DecodedFile>;
export type DecodedFile =
  | {
      readonly ok: true;
      readonly bytes: Uint8Array;
      readonly metadata?: MetadataEntries;
      /** What the log should say of it. */
      readonly warnings?: readonly string[];
    }
  | { readonly ok: false; readonly error: BodyError };

export interface RunDeps {
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly sha256: Sha256;
  readonly runner: BodyRunner;
  readonly store: Pick<RunStore, 'commit'>;
  readonly values: ValueFacts;
  readonly decodeFile: DecodeFile;
  /** The encoded bytes of a stored value, checked by hash; undefined when it is lost. */
  readValue(ref: ValueRef): Promise<Uint8Array | undefined>;
  /** Keeps the newest value of an asset as long as this process lives; `readValue` finds it. */
  keepInMemory?(pack: string, bytes: Uint8Array): void;
  /** What an IO manager of the project keeps under a path, as of the latest commit. */
  readManaged?(manager: string, path: string): Promise<Uint8Array | undefined>;
}

export interface RunSpec {
  readonly projectId: ProjectId;
  readonly runId: RunId;
  readonly fencing: number;
  readonly plan: Plan;
  readonly target: string;
  readonly trigger: RunRecord['trigger'];
  readonly tags: Readonly<Record<string, string>>;
  readonly defaultTimeoutMs: number;
  /** How many lanes may run at once; the runner's own number when left out. */
  readonly maxLanes?: number;
  /** When the run was entered in the log as queued, if it was. */
  readonly enqueuedAt?: number;
  latestOf(id: AssetId): Materialization | undefined;
  /** Any body may ask for its provenance: its text does not show what the functions around it call. */
  readonly sendsProvenance?: boolean;
  /** The asset that a body's own AssetMaterialization or AssetObservation is about. */
  assetIdOf?(key: string): AssetId | undefined;
  /** Where an input's value is loaded from when an IO manager has it. */
  managerOf?(input: PlanInput, step: CodeStep): ManagedInput | undefined;
  /** By key, what steps may ask for. */
  readonly resources?: ReadonlyMap<string, LaneResource>;
  /** Values that nothing the run says may show. */
  readonly secrets?: readonly string[];
  /** What the launch gave in place of defaults, for the record. */
  readonly config?: RunConfig;
  /** The config of this launch; the definition's default when it has none. */
  configOf?(step: CodeStep): Json | undefined;
}

export interface RunObserver {
  /** Told after the commit: what it says is safe. */
  onCommitted(segment: EventSegment, run: RunRecord): void;
  /** A step's live state changed; undefined when the run no longer concerns it. */
  onLive(assetId: AssetId, live: LiveStep | undefined): void;
  onStoreFailed(error: StoreError): void;
}

export interface RunHandle {
  readonly runId: RunId;
  /** Resolves when the run has ended and its last event is safe (or could not be stored). */
  readonly ended: Promise<RunRecord>;
  cancel(): void;
  /** Ends the run without writing anything more: another tab leads now. */
  abandon(): void;
}
