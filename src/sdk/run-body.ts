// Runs one body and sorts out what it returns, yields or throws (reference §1.5, §1.6). Knows nothing of
// realms, threads or encodings: those belong to the lane that calls it.

import type { MetadataEntries } from '#model/events.ts';
import type { LaneError } from '#model/lane-error.ts';
import type { AssetContext } from './context.ts';
import { describeError } from './describe-error.ts';
import { coerceMetadata, type RawMetadata } from './metadata.ts';
import { Failure, MaterializeResult, Output, RetryRequested } from './results.ts';

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

export interface BodyOutput {
  readonly assetKey: string;
  readonly hasValue: boolean;
  readonly value: unknown;
  readonly metadata?: MetadataEntries;
  readonly dataVersion?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface BodyCall {
  readonly body: BodyFunction;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly context: AssetContext;
  readonly assetKey: string;
  /** What `context.addMetadata` has gathered so far for an asset; it overrides the result's own. */
  addedMetadata(assetKey: string): RawMetadata | undefined;
  /** Takes each output as it comes. May throw: the step then fails with that error. */
  onOutput(output: BodyOutput): void;
  /** The module that holds the body, for stack frames. */
  readonly moduleUrl: string;
}

/** Runs the body to its end. Never rejects: whatever goes wrong is in the outcome. */
export async function runBody(call: BodyCall): Promise<StepOutcome> {
  try {
    // Taken out of the call, which must not become the body's `this`.
    const { body } = call;
    const returned = await body(call.inputs, call.context);
    if (isIterator(returned)) await drain(call, returned);
    else emit(call, returned);
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
  return { type: 'failure', error, allowRetries: !(thrown instanceof Failure) || thrown.allowRetries };
}

type BodyIterator = Iterator<unknown, unknown> | AsyncIterator<unknown, unknown>;

// Generators only: an array or a Map that a body returns is a value, not a stream of events.
function isIterator(value: unknown): value is BodyIterator {
  if (typeof value !== 'object' || value === null) return false;
  const tag = Object.prototype.toString.call(value);
  return tag === '[object Generator]' || tag === '[object AsyncGenerator]';
}

async function drain(call: BodyCall, iterator: BodyIterator): Promise<void> {
  const seen = new Set<string>();
  for (;;) {
    const step = await iterator.next();
    if (step.done) break;
    const event: unknown = step.value;
    if (!(event instanceof Output) && !(event instanceof MaterializeResult))
      throw new TypeError(
        `A generator body yields Output or MaterializeResult; “${call.assetKey}” yielded ${describeKind(event)}.`,
      );
    const key = event instanceof MaterializeResult ? (event.assetKey ?? call.assetKey) : call.assetKey;
    if (seen.has(key)) throw new Error(`“${key}” was yielded twice.`);
    seen.add(key);
    emit(call, event);
  }
  if (!seen.has(call.assetKey))
    throw new Error(`“${call.assetKey}” did not yield an Output or a MaterializeResult.`);
}

function emit(call: BodyCall, result: unknown): void {
  const isOutput = result instanceof Output;
  const isResult = result instanceof MaterializeResult;
  if (isResult && result.assetKey !== undefined && result.assetKey !== call.assetKey)
    throw new Error(`MaterializeResult names “${result.assetKey}”, but this body makes “${call.assetKey}”.`);
  if (isOutput && result.outputName !== 'result')
    throw new Error(`Output names “${result.outputName}”, but this body has the one output “result”.`);
  const own = isOutput || isResult ? coerceMetadata(result.metadata) : undefined;
  const added = coerceMetadata(call.addedMetadata(call.assetKey));
  const metadata = own && added ? { ...own, ...added } : (added ?? own);
  const dataVersion = isOutput || isResult ? result.dataVersion?.value : undefined;
  const tags = isOutput || isResult ? result.tags : undefined;
  call.onOutput({
    assetKey: call.assetKey,
    hasValue: isResult ? result.hasValue : true,
    value: isOutput || isResult ? result.value : result,
    ...(metadata === undefined ? {} : { metadata }),
    ...(dataVersion === undefined ? {} : { dataVersion }),
    ...(tags === undefined ? {} : { tags: { ...tags } }),
  });
}

function describeKind(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
