// What a plan is made of: steps with their inputs and outputs, in an order in which they can run.

import type { FileAsset, Json, OpOut, RetryPolicyData } from '#model/document.ts';
import type { GraphProblem } from '#model/graph-problem.ts';
import type { AssetId, CheckId, RunId, UnitId } from '#model/ids.ts';
import type { StepForm } from '#sdk/step-shape.ts';
import type { CompiledAsset } from './compiler.ts';
import type { StepNumber, ValueId } from './lane-protocol.ts';

/** Where a value input comes from. */
export type InputSource =
  /** An output of a step of this run. */
  | { readonly type: 'step'; readonly step: StepNumber; readonly value: ValueId }
  /** The stored value of an asset outside the run. */
  | { readonly type: 'stored'; readonly assetId: AssetId }
  /** Several values, as an array. */
  | { readonly type: 'list'; readonly items: readonly InputSource[] };

export interface PlanInput {
  readonly name: string;
  /** User string of the asset that is read; the op's name for results of ops. */
  readonly key: string;
  readonly source: InputSource;
}

/** An asset of the graph that another reads; no id for stub external assets. */
export interface Parent {
  readonly key: string;
  readonly assetId?: AssetId;
}

/** An output that becomes an asset's value, or the observation of one. */
export interface AssetOutput {
  readonly type: 'asset';
  /** What the body calls it: "result" when there is only one. */
  readonly name: string;
  readonly value: ValueId;
  readonly assetId: AssetId;
  readonly assetKey: string;
  readonly isRequired: boolean;
  readonly isObservation: boolean;
  /** Every asset it depends on, in or out of the run, for provenance. */
  readonly parents: readonly Parent[];
  readonly codeVersion: string;
  readonly hasUserCodeVersion: boolean;
  /** The resource that stores the value; the engine's own store when left out. */
  readonly ioManager?: string;
  /** Its value is kept in memory, and nowhere else. */
  readonly isInMemory?: boolean;
  /** Is it also a result that ops of its graph read? */
  readonly isRead?: boolean;
  /** Nothing is said of it when the body says nothing: an output over `specs`. */
  readonly isImplicit?: boolean;
  /** Definition metadata, for the IO manager. */
  readonly definition?: Readonly<Record<string, Json>>;
}

/** The result of a check. */
export interface CheckOutput {
  readonly type: 'check';
  /** The check's name. */
  readonly name: string;
  readonly assetKey: string;
  readonly assetId?: AssetId;
  readonly isBlocking: boolean;
}

/** A value between the ops of a graph. */
export interface OpOutput {
  readonly type: 'op';
  readonly name: string;
  readonly value: ValueId;
  readonly isRequired: boolean;
  readonly isDynamic: boolean;
}

export type PlanOutput = AssetOutput | CheckOutput | OpOutput;

interface StepBase {
  readonly number: StepNumber;
  readonly stepKey: string;
  /** What the step is called where a user reads of it: a key, "unit", "graph.op" or "asset: check". */
  readonly label: string;
  readonly outputs: readonly PlanOutput[];
  /** The assets that are under way while it runs; for an op, those of its graph. */
  readonly concerns: readonly AssetId[];
  /** Steps of this run that must have ended first, without repeats. Grows when a dynamic result is known. */
  readonly upstream: StepNumber[];
  readonly downstream: StepNumber[];
  /** Of each dependency within the run that may turn out to be missing: the outputs it can come from. */
  readonly needs: readonly (readonly StepValue[])[];
}

export interface StepValue {
  readonly step: StepNumber;
  readonly value: ValueId;
}

export interface CodeStep extends StepBase {
  readonly kind: 'code';
  readonly form: StepForm;
  readonly compiled: CompiledAsset;
  readonly inputs: readonly PlanInput[];
  readonly retryPolicy?: RetryPolicyData;
  readonly timeoutSeconds?: number;
  readonly config?: Json;
  readonly configSchema?: Json;
  readonly resources: readonly string[];
  /** The check or unit behind it. */
  readonly checkId?: CheckId;
  readonly unitId?: UnitId;
  /** Output names and keys that the body knows and this run does not want. */
  readonly unselected?: readonly string[];
  /** Required outputs that this run does not want: their body must give them all the same, as in Dagster. */
  readonly missedAnyway?: readonly string[];
  /** Steps that are made for each value of a dynamic output of this one. */
  readonly mapped?: readonly MappedStep[];
  /** Steps that gather those values. */
  readonly collectors?: readonly Collector[];
}

/** A step that will be made once per value. Its sources may name results of its own mapping. */
export interface MappedStep {
  readonly op: string;
  readonly make: Omit<CodeStep, 'number' | 'inputs' | 'upstream' | 'downstream' | 'needs' | 'outputs'>;
  readonly outs: readonly OpOut[];
  readonly inputs: readonly { readonly name: string; readonly key: string; readonly source: MappedSource }[];
}

export type MappedSource =
  | InputSource
  /** The one value of the dynamic result. */
  | { readonly type: 'element'; readonly output: string }
  /** What another op of the mapping gave for the same value. */
  | { readonly type: 'mapped'; readonly op: string; readonly output: string };

/** An input that gathers all values of a dynamic result, or of an op that runs over one. */
export interface Collector {
  readonly step: StepNumber;
  /** Index in the step's inputs. */
  readonly input: number;
  readonly from:
    | { readonly type: 'element'; readonly output: string }
    | { readonly type: 'mapped'; readonly op: string; readonly output: string };
}

export interface FileStep extends StepBase {
  readonly kind: 'file';
  readonly asset: FileAsset;
}

export type PlanStep = CodeStep | FileStep;

/** A step that is not run, because its stored materialization stands for what it would make. */
export interface ReusedStep {
  readonly assetId: AssetId;
  readonly assetKey: string;
  readonly stepKey: string;
  /** The run that made it. */
  readonly madeBy: RunId;
}

export interface Plan {
  /** Grows when a dynamic result is known. */
  readonly steps: readonly PlanStep[];
  readonly reused: readonly ReusedStep[];
}

export type PlanError =
  /** `reused`: how many were asked for and are up to date. */
  | { readonly type: 'NothingToRun'; readonly reused?: number }
  | {
      readonly type: 'DefinitionsInvalid';
      readonly problems: readonly PlanProblem[];
    };

export type PlanProblem =
  | GraphProblem
  | {
      readonly type: 'BodyInvalid';
      readonly assetId: AssetId;
      readonly key: string;
      readonly message: string;
      readonly line: number;
      readonly column: number;
    }
  | {
      readonly type: 'NoValueUpstream';
      readonly assetId: AssetId;
      readonly key: string;
      readonly upstream: string;
    }
  /** The config of a step is not what its schema asks for. `key` is the asset, or the step's own name. */
  | {
      readonly type: 'ConfigInvalid';
      readonly assetId: AssetId;
      readonly key: string;
      /** "server.ports[0]"; empty for the config as a whole. */
      readonly place: string;
      /** Goes on from the place: "must be at least 1". */
      readonly reason: string;
    }
  /** A launch gives config to what does not run. */
  | {
      readonly type: 'ConfigUnused';
      readonly assetId: AssetId;
      readonly key: string;
      readonly isKnown: boolean;
      readonly didYouMean: readonly string[];
    }
  /** Some assets of a body that can only make all of them were asked for. */
  | {
      readonly type: 'NotSubsettable';
      readonly assetId: AssetId;
      readonly key: string;
      readonly unit: string;
      readonly all: readonly string[];
      readonly asked: readonly string[];
    };

/** Value ids of outputs after a step's first, whose id is the step's number. */
export const firstExtraValue = 2 ** 30;

/** The outputs that carry values, with their ids. */
export const valueOutputs = (step: PlanStep): readonly (AssetOutput | OpOutput)[] =>
  step.outputs.filter((output) => output.type !== 'check');

export const assetOutputs = (step: PlanStep): readonly AssetOutput[] =>
  step.outputs.filter((output) => output.type === 'asset');

/** The assets that a plan makes or observes, in its order. */
export const plannedAssets = ({ steps }: Plan): readonly AssetId[] => [
  ...new Set(steps.flatMap((step) => assetOutputs(step).map((output) => output.assetId))),
];

/** The first asset that a step makes or observes; undefined for checks and inner ops. */
export const mainAsset = (step: PlanStep): AssetOutput | undefined =>
  step.outputs.find((output) => output.type === 'asset');
