// Builds the context of one step and revokes it when the step settles. Most bodies use little of it, so its parts
// are made when they are first asked for; each can be taken out of the context and called by itself.

import { AssetKey } from '#model/asset-key.ts';
import type { LogLevel } from '#model/events.ts';
import type { AssetContext, AssetHistory, ContextHost, ContextLog } from './context.ts';
import { formatLogValue } from './format-log-value.ts';

/** A context for `host`, and the function that makes every further use of it an error. */
export function createContext(host: ContextHost): { context: AssetContext; revoke: () => void } {
  const context = new StepContext(host);
  Object.freeze(context);
  return { context, revoke: () => StepContext.revoke(context) };
}

/** What was recorded before, for checks of our own: no member of the context shows it to bodies. */
export const historyOf = (context: AssetContext): AssetHistory | undefined =>
  context instanceof StepContext ? StepContext.historyOf(context) : undefined;

class StepContext implements AssetContext {
  readonly #host: ContextHost;
  #isLive = true;
  #log: ContextLog | undefined;
  #addMetadata: AssetContext['addMetadata'] | undefined;
  #progress: AssetContext['progress'] | undefined;

  constructor(host: ContextHost) {
    this.#host = host;
  }

  // Not methods: nothing of the body's may call them.
  static revoke(context: StepContext): void {
    context.#isLive = false;
  }

  static historyOf(context: StepContext): AssetHistory | undefined {
    return context.#host.history;
  }

  get log(): ContextLog {
    if (this.#log !== undefined) return this.#log;
    const line =
      (level: LogLevel) =>
      (...message: unknown[]): void => {
        this.#requireLive();
        this.#host.onLog(level, message.map(formatLogValue).join(' '));
      };
    this.#log = Object.freeze({
      debug: line('DEBUG'),
      info: line('INFO'),
      warn: line('WARNING'),
      error: line('ERROR'),
    });
    return this.#log;
  }

  get runId(): string {
    return this.#host.runId;
  }

  get runTags(): Readonly<Record<string, string>> {
    return this.#host.runTags;
  }

  get assetKey(): AssetKey {
    return this.#host.assetKey;
  }

  get selectedAssetKeys(): ReadonlySet<string> {
    return this.#host.selectedAssetKeys;
  }

  get selectedOutputNames(): ReadonlySet<string> {
    return this.#host.selectedOutputNames;
  }

  get selectedAssetCheckKeys(): ReadonlySet<string> {
    return this.#host.selectedAssetCheckKeys;
  }

  get resources(): Readonly<Record<string, unknown>> {
    return this.#host.resources;
  }

  get getAssetProvenance(): AssetContext['getAssetProvenance'] {
    return (key) => this.#host.provenanceOf((key instanceof AssetKey ? key : new AssetKey(key)).toString());
  }

  get config(): unknown {
    return this.#host.config;
  }

  get retryNumber(): number {
    return this.#host.retryNumber;
  }

  get signal(): AbortSignal {
    return this.#host.signal;
  }

  get addMetadata(): AssetContext['addMetadata'] {
    this.#addMetadata ??= (metadata, target) => {
      this.#requireLive();
      const key = target?.assetKey;
      this.#host.onMetadata(
        key === undefined ? undefined : (key instanceof AssetKey ? key : new AssetKey(key)).toString(),
        metadata,
      );
    };
    return this.#addMetadata;
  }

  get progress(): AssetContext['progress'] {
    this.#progress ??= (fraction, message) => {
      this.#requireLive();
      if (typeof fraction !== 'number' || !(fraction >= 0 && fraction <= 1))
        throw new RangeError(`context.progress takes a fraction from 0 to 1; got ${String(fraction)}.`);
      this.#host.onProgress(fraction, message === undefined ? undefined : String(message));
    };
    return this.#progress;
  }

  #requireLive(): void {
    if (!this.#isLive)
      throw new Error(
        `The context of “${this.#host.assetKey.toString()}” was used after its step had ended.`,
      );
  }
}

// A body can reach its context's prototype; what it does there no other body may see. The constructor goes, so that
// `revoke` cannot be reached.
Reflect.deleteProperty(StepContext.prototype, 'constructor');
for (const { get } of Object.values(Object.getOwnPropertyDescriptors(StepContext.prototype)))
  Object.freeze(get);
Object.freeze(StepContext.prototype);
