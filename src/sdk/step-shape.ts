// What a body is expected to give: the names of its outputs and checks. Known to the engine, which plans it, and to
// the lane, which judges what the body returned by it.

/** How a body is called and what its result means. */
export type StepForm = 'asset' | 'multi' | 'observe' | 'check' | 'op';

export interface ShapeOutput {
  readonly name: string;
  /** User string; absent for results between ops. */
  readonly assetKey?: string;
  /** May be left out. */
  readonly isOptional?: true;
  /** Gives any number of DynamicOutputs. */
  readonly isDynamic?: true;
  /** Observed, not materialized. */
  readonly isObservation?: true;
  /** Made without a value when the body says nothing of it: an output of a multi-asset over `specs`. */
  readonly isImplicit?: true;
  /** Names of the step's outputs that are made from this one; it must come before them. */
  readonly feeds?: readonly string[];
}

export interface ShapeCheck {
  readonly name: string;
  readonly assetKey: string;
  readonly isBlocking?: true;
}

export interface StepShape {
  readonly form: StepForm;
  readonly outputs: readonly ShapeOutput[];
  readonly checks?: readonly ShapeCheck[];
  /** Names and keys that the body may know of and that this run does not want. */
  readonly unselected?: readonly string[];
  /** Outputs that are not wanted and not optional: no run of the body without them can succeed. */
  readonly missedAnyway?: readonly string[];
}
