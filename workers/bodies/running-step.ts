// One step while its body runs: what it logged, what it made, and how it ends. It ends when the body
// settles, or earlier when a limit is passed; whatever the body does after that is ignored.

import type { LaneLimits, LaneOutput, LogLine, ManagedInput, SegmentStep } from '#engine/lane-protocol.ts';
import { AssetKey } from '#model/asset-key.ts';
import type { LogLevel } from '#model/events.ts';
import type { AssetHistory, ContextHost, DataProvenance } from '#sdk/context.ts';
import type { Made, MadeOutput } from '#sdk/made.ts';
import { coerceMetadata, type RawMetadata } from '#sdk/metadata.ts';
import { failureOf, type StepOutcome } from '#sdk/run-body.ts';
import type { LaneDeps } from './lane-realm.ts';
import type { LaneValues } from './lane-values.ts';
import type { MadeItem } from './made-item.ts';
import type { StepResources } from './step-resources.ts';

/** What all steps of a run share. */
export interface RunFacts {
  readonly runId: string;
  readonly runTags: Readonly<Record<string, string>>;
  readonly limits: LaneLimits;
}

/** Characters of log lines that one step may write. */
const maxLogChars = 16_000_000;
const livePeriodMs = 100;

export class RunningStep implements ContextHost {
  readonly step: SegmentStep;
  readonly startedAt: number;
  readonly made: MadeItem[] = [];
  /** The body never began. */
  inputsFailed = false;
  /** Lines not yet posted. */
  logs: LogLine[] = [];
  isLive = true;
  /** Grows with every sign of life; an unchanged number over many ticks means that nothing happens. */
  signsOfLife = 0;
  /** Ends the step; only the first call counts. Set by whoever waits. */
  settle: (outcome: StepOutcome) => void = () => undefined;

  readonly #deps: LaneDeps;
  readonly #run: RunFacts;
  readonly #values: LaneValues;
  readonly #moduleUrl: string;
  #assetKey: AssetKey | undefined;
  #selected: ReadonlySet<string> | undefined;
  #outputNames: ReadonlySet<string> | undefined;
  #resources: StepResources | undefined;
  #controller: AbortController | undefined;
  #aborted: { readonly reason: unknown } | undefined;
  #lineCount = 0;
  #charCount = 0;
  #postedAt: number;
  #added: Map<string, RawMetadata> | undefined;
  #progress: { readonly fraction: number; readonly message: string | undefined } | undefined;

  constructor(step: SegmentStep, run: RunFacts, deps: LaneDeps, values: LaneValues, moduleUrl: string) {
    this.step = step;
    this.#deps = deps;
    this.#run = run;
    this.#values = values;
    this.#moduleUrl = moduleUrl;
    this.startedAt = deps.now();
    this.#postedAt = this.startedAt;
  }

  get runId(): string {
    return this.#run.runId;
  }

  get runTags(): Readonly<Record<string, string>> {
    return this.#run.runTags;
  }

  get assetKey(): AssetKey {
    this.#assetKey ??= new AssetKey(this.step.assetKey);
    return this.#assetKey;
  }

  get selectedAssetKeys(): ReadonlySet<string> {
    this.#selected ??= new Set(selectedKeys(this.step));
    return this.#selected;
  }

  get selectedOutputNames(): ReadonlySet<string> {
    this.#outputNames ??= new Set(this.step.outputs.map((output) => output.name));
    return this.#outputNames;
  }

  get selectedAssetCheckKeys(): ReadonlySet<string> {
    return new Set((this.step.shape.checks ?? []).map(({ assetKey, name }) => `${assetKey}:${name}`));
  }

  provenanceOf(assetKey: string): DataProvenance | undefined {
    return this.step.provenance?.[assetKey];
  }

  get history(): AssetHistory | undefined {
    return this.#deps.history;
  }

  get config(): ContextHost['config'] {
    return freezeJson(this.step.config);
  }

  get retryNumber(): number {
    return this.step.retryNumber;
  }

  // Made on first use: most bodies never look at it.
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#aborted) this.#controller.abort(this.#aborted.reason);
    }
    return this.#controller.signal;
  }

  abort(reason: string): void {
    const error = new Error(reason);
    Object.defineProperty(error, 'name', { value: 'AbortError' });
    this.#aborted = { reason: error };
    this.#controller?.abort(error);
  }

  /** Ends the step with `thrown` as its failure. */
  fail(thrown: unknown): void {
    if (this.isLive) this.settle(failureOf(thrown, this.#moduleUrl));
  }

  onLog(level: LogLevel, message: string): void {
    this.addLine(level, message, 'log');
  }

  addLine(level: LogLevel, message: string, source: LogLine['source']): void {
    if (!this.isLive) return;
    this.#lineCount += 1;
    this.#charCount += message.length;
    if (this.#lineCount > this.#run.limits.maxLogLines || this.#charCount > maxLogChars) {
      const error = namedError(
        'LogLimitExceeded',
        this.#charCount > maxLogChars
          ? `“${this.step.label}” wrote more than ${maxLogChars / 1_000_000} million characters of log.`
          : `“${this.step.label}” wrote more than ${this.#run.limits.maxLogLines} log lines.`,
      );
      // Settled here as well as thrown: a body that catches the error has still failed.
      this.fail(error);
      throw error;
    }
    this.signsOfLife += 1;
    const at = this.#deps.now();
    this.logs.push({ level, message, at, source });
    if (at - this.#postedAt >= livePeriodMs) this.postLive(at);
  }

  onMetadata(assetKey: string | undefined, metadata: RawMetadata): void {
    const made = this.step.outputs.flatMap((output) => output.assetKey ?? []);
    if (assetKey === undefined && made.length > 1)
      throw new TypeError(
        `context.addMetadata: “${this.step.label}” makes several assets. Name one of ${quoted(made)} as { assetKey }.`,
      );
    if (assetKey !== undefined && made.length > 0 && !made.includes(assetKey))
      throw new TypeError(
        `context.addMetadata names “${assetKey}”, and “${this.step.label}” makes ${quoted(made)} in this run.`,
      );
    const key = assetKey ?? made[0] ?? this.step.assetKey;
    this.#added ??= new Map();
    this.#added.set(key, { ...this.#added.get(key), ...metadata });
  }

  addedMetadata(assetKey: string): RawMetadata | undefined {
    return this.#added?.get(assetKey);
  }

  onProgress(fraction: number, message: string | undefined): void {
    this.signsOfLife += 1;
    this.#progress = { fraction, message: message?.slice(0, 500) };
    const at = this.#deps.now();
    if (at - this.#postedAt >= livePeriodMs) this.postLive(at);
  }

  /** Posts lines and progress of a step that takes long, so that they are seen while it runs. */
  postLive(now: number): void {
    if (now - this.#postedAt < livePeriodMs) return;
    const { step } = this.step;
    if (this.logs.length > 0) {
      this.#deps.post({ type: 'logs', step, logs: this.logs });
      this.logs = [];
      this.#postedAt = now;
    }
    if (this.#progress !== undefined) {
      const { fraction, message } = this.#progress;
      this.#progress = undefined;
      this.#postedAt = now;
      this.#deps.post({ type: 'progress', step, fraction, ...(message === undefined ? {} : { message }) });
    }
  }

  /** What `context.resources` offers and where managed values go; none for most steps. */
  use(resources: StepResources): void {
    this.#resources = resources;
  }

  get resources(): Readonly<Record<string, unknown>> {
    return this.#resources?.resources ?? noResources;
  }

  loadManaged(name: string, input: ManagedInput): unknown {
    if (!this.#resources) throw new Error(`Internal error: no IO manager “${input.manager}”.`);
    return this.#resources.load(name, input);
  }

  /** Takes what the body gives, and encodes a value before the body can change it. */
  onMade(made: Made): void | Promise<void> {
    if (!this.isLive) return;
    if (made.type !== 'output' || !made.hasValue) return this.#add({ made });
    const output = this.step.outputs[made.output]!;
    if (output.manager !== undefined) return this.#store(made, output, output.manager);
    const bytes = this.#encode(made, output);
    if (made.mappingKey === undefined) this.#values.keep(output.value, made.value, bytes);
    this.#deps.onValue?.(this.step, made);
    return this.#add({ made, bytes });
  }

  #add(item: MadeItem): void | Promise<void> {
    this.made.push(item);
    return this.#deps.onMade?.(this.step, item);
  }

  #encode(made: MadeOutput, output: LaneOutput): Uint8Array {
    const encoded = this.#deps.codec.encode(made.value);
    if (encoded.ok) return encoded.value;
    throw namedError(
      'NotStorable',
      `the value of “${output.assetKey ?? this.step.label}” cannot be stored: ${encoded.error.path} ${predicate(encoded.error.reason)}`,
    );
  }

  // Through the author's IO manager. A value that can be encoded is hashed by the engine all the same.
  async #store(made: MadeOutput, output: LaneOutput, manager: string): Promise<void> {
    if (!this.#resources) throw new Error(`Internal error: no IO manager “${manager}”.`);
    const encoded = this.#deps.codec.encode(made.value);
    this.#deps.onValue?.(this.step, made);
    // The output is there before it is stored, and stays in the log when it cannot be.
    const place = this.made.push({ made, isUnstored: true }) - 1;
    const kept = await this.#resources.store(manager, output, made.value);
    const metadata = {
      ...made.metadata,
      ...kept.metadata,
      ...(output.assetKey === undefined ? {} : coerceMetadata(this.addedMetadata(output.assetKey))),
    };
    const item: MadeItem = {
      made: Object.keys(metadata).length === 0 ? made : { ...made, metadata },
      ...(encoded.ok ? { bytes: encoded.value } : {}),
      isManaged: true,
      ...(kept.files === undefined || kept.files.size === 0 ? {} : { files: kept.files }),
    };
    this.made[place] = item;
    await this.#deps.onMade?.(this.step, item);
  }
}

const quoted = (keys: readonly string[]): string => keys.map((key) => `“${key}”`).join(', ');

const selectedKeys = (step: SegmentStep): string[] =>
  step.shape.form === 'check' ? [step.assetKey] : step.outputs.flatMap(({ assetKey }) => assetKey ?? []);

const noResources: Readonly<Record<string, unknown>> = Object.freeze({});

// “a function cannot be stored” does not read on from a path; “is a function” does.
const predicate = (reason: string): string => reason.replace(/^(an? \w+) cannot be stored$/, 'is $1');

function freezeJson<T>(json: T): T {
  if (typeof json !== 'object' || json === null || Object.isFrozen(json)) return json;
  for (const item of Object.values(json)) freezeJson(item);
  return Object.freeze(json);
}

/** An error with a name of its own, even where `Error.prototype` is frozen. */
export function namedError(name: string, message: string): Error {
  const error = new Error(message);
  Object.defineProperty(error, 'name', { value: name });
  return error;
}
