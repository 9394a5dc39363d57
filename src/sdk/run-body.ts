// Runs one body and sorts out what it returns, yields or throws (reference §1.5, §1.6), by the shape that its
// definition gives it. Knows nothing of realms, threads or encodings: those belong to the lane that calls it.

import type { LaneError } from '#model/lane-error.ts';
import { BodyRuleError } from './body-rule-error.ts';
import type { AssetContext } from './context.ts';
import { describeError } from './describe-error.ts';
import type { Made } from './made.ts';
import type { RawMetadata } from './metadata.ts';
import { Failure, RetryRequested } from './results.ts';
import { createResultSorter } from './sort-results.ts';
import type { StepShape } from './step-shape.ts';

export type StepOutcome =
  | { readonly type: 'success' }
  | { readonly type: 'failure'; readonly error: LaneError; readonly allowRetries: boolean }
  /** `RetryRequested` was thrown. */
  | {
      readonly type: 'retry';
      readonly error: LaneError;
      readonly maxRetries: number;
      readonly secondsToWait: number;
    };

/** A body as authors write it. */
export type BodyFunction = (inputs: Readonly<Record<string, unknown>>, context: AssetContext) => unknown;

export interface BodyCall {
  readonly body: BodyFunction;
  /** What the body takes: inputs and context, or an op's values by position and the context. */
  readonly args: readonly unknown[];
  readonly shape: StepShape;
  /** What errors call the step: a key, or the name of a body that makes several assets. */
  readonly label: string;
  /** What `context.addMetadata` has gathered so far for an asset; it overrides the result's own. */
  addedMetadata(assetKey: string): RawMetadata | undefined;
  /** Takes each result as it comes, before the body goes on. May throw: the step then fails with that error. */
  onMade(made: Made): void | Promise<void>;
  /** The module that holds the body, for stack frames. */
  readonly moduleUrl: string;
}

/** Runs the body to its end. Never rejects: whatever goes wrong is in the outcome. */
export async function runBody(call: BodyCall): Promise<StepOutcome> {
  try {
    // Taken out of the call, which must not become the body's `this`.
    const body = call.body as (...args: readonly unknown[]) => unknown;
    const returned = await body(...call.args);
    const sorter = createResultSorter(call);
    if (isIterator(returned)) {
      for (;;) {
        const step = await returned.next();
        if (step.done) break;
        await sorter.takeYielded(step.value);
      }
    } else await sorter.takeReturned(returned);
    await sorter.end();
    return success;
  } catch (thrown) {
    return failureOf(thrown, call.moduleUrl);
  }
}

const success: StepOutcome = { type: 'success' };

/** The outcome of a step whose body threw `thrown`. */
export function failureOf(thrown: unknown, moduleUrl: string): StepOutcome {
  const error = describeError(thrown, moduleUrl);
  if (thrown instanceof RetryRequested)
    return { type: 'retry', error, maxRetries: thrown.maxRetries, secondsToWait: thrown.secondsToWait };
  const isFinal = thrown instanceof BodyRuleError || (thrown instanceof Failure && !thrown.allowRetries);
  return { type: 'failure', error, allowRetries: !isFinal };
}

type BodyIterator = Iterator<unknown, unknown> | AsyncIterator<unknown, unknown>;

// Generators only: an array or a Map that a body returns is a value, not a stream of events.
function isIterator(value: unknown): value is BodyIterator {
  if (typeof value !== 'object' || value === null) return false;
  const tag = Object.prototype.toString.call(value);
  return tag === '[object Generator]' || tag === '[object AsyncGenerator]';
}
