// Turns a fresh worker into a body realm: takes what the lane itself needs, then freezes everything and leaves
// bodies only the globals that compute. After this, nothing that a body does can be seen by the next one.

import { createBodyConsole } from './body-console.ts';
import { createStandIns, keptGlobals } from './body-globals.ts';
import { bodySdk } from './body-sdk.ts';
import { type BufferBudget, installBufferBudget } from './buffer-budget.ts';
import { collectReachable, freezeAll, freezeDeep, hiddenIntrinsics } from './freeze-realm.ts';
import type { RealmSink } from './lane-realm.ts';
import { createStepTimers, type StepTimers } from './step-timers.ts';

/** What the lane keeps for itself of the realm it has locked. */
export interface BodyRealm {
  readonly timers: StepTimers;
  now(): number;
  every(periodMs: number, callback: () => void): () => void;
  /** Makes a blob URL for module text. */
  moduleUrl(text: string): string;
  revokeUrl(url: string): void;
  yieldToMessages(): Promise<void>;
  listen(sink: RealmSink): void;
  postToFrame(marker: number): void;
  /** The first message that the worker receives. */
  readonly firstMessage: Promise<MessageEvent>;
}

const stackFrames = 25;

/** Call once, before any body's text is even parsed. */
export function lockRealm(scope: typeof globalThis): BodyRealm {
  Reflect.set(Error, 'stackTraceLimit', stackFrames);
  const natives = {
    postMessage: (scope as unknown as DedicatedWorkerGlobalScope).postMessage.bind(scope),
    setTimeout: scope.setTimeout.bind(scope),
    clearTimeout: scope.clearTimeout.bind(scope),
    setInterval: scope.setInterval.bind(scope),
    clearInterval: scope.clearInterval.bind(scope),
    now: scope.performance.now.bind(scope.performance),
    timeOrigin: scope.performance.timeOrigin,
    createObjectURL: URL.createObjectURL.bind(URL),
    revokeObjectURL: URL.revokeObjectURL.bind(URL),
  };
  const { port1: hopIn, port2: hopOut } = new MessageChannel();
  const hops: (() => void)[] = [];
  hopIn.onmessage = () => hops.shift()?.();
  let sink: RealmSink | undefined;
  const firstMessage = listenToScope(scope, () => sink);
  const timers = createStepTimers({
    setTimeout: natives.setTimeout,
    clearTimeout: (handle) => natives.clearTimeout(handle as number),
    setInterval: natives.setInterval,
    clearInterval: (handle) => natives.clearInterval(handle as number),
  });

  const budget = hideFromBodies(scope);
  freezeAll(
    collectReachable(
      [...Reflect.ownKeys(scope).map((key) => ownValue(scope, key)), ...hiddenIntrinsics(), bodySdk],
      new Set([scope]),
    ),
  );
  const standIns = createStandIns();
  standIns.console = createBodyConsole((level, message) => sink?.onConsole(level, message));
  Object.assign(standIns, timers.api);
  lockGlobal(scope, freezeDeep(standIns));

  return {
    timers,
    now: () => natives.timeOrigin + natives.now(),
    every(periodMs, callback) {
      const handle = natives.setInterval(callback, periodMs);
      return () => natives.clearInterval(handle);
    },
    moduleUrl: (text) => natives.createObjectURL(new Blob([text], { type: 'text/javascript' })),
    revokeUrl: natives.revokeObjectURL,
    yieldToMessages: () =>
      new Promise((resolve) => {
        hops.push(resolve);
        hopOut.postMessage(0);
      }),
    listen(given) {
      sink = given;
      budget.onBytes = (held) => given.onBufferBytes(held);
    },
    postToFrame: (marker) => natives.postMessage(marker),
    firstMessage,
  };
}

// Everything that listens to the worker itself is set up here, before the door is shut behind it.
function listenToScope(scope: typeof globalThis, sink: () => RealmSink | undefined): Promise<MessageEvent> {
  scope.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    sink()?.onUnhandledRejection((event as PromiseRejectionEvent).reason);
  });
  scope.addEventListener('error', (event) => {
    event.preventDefault();
    sink()?.onUnhandledRejection((event as ErrorEvent).error);
  });
  const first = new Promise<MessageEvent>((resolve) => {
    scope.addEventListener('message', (event) => resolve(event as MessageEvent), { once: true });
  });
  for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent'] as const) {
    const native: unknown = EventTarget.prototype[name];
    Object.defineProperty(EventTarget.prototype, name, {
      value: {
        // Called without a receiver these mean the worker itself.
        [name](this: unknown, ...args: unknown[]): unknown {
          if (this === undefined || this === null || this === scope)
            throw new TypeError('A body cannot listen to its worker.');
          return Reflect.apply(native as (...given: unknown[]) => unknown, this, args);
        },
      }[name],
      writable: true,
      configurable: true,
      enumerable: true,
    });
  }
  return first;
}

// What must be replaced inside of kept objects, before they are frozen.
function hideFromBodies(scope: typeof globalThis): BufferBudget {
  // The last match of one step would be there to be read in the next.
  for (const key of Reflect.ownKeys(RegExp))
    if (/^(\$|input|last|left|right)/.test(String(key))) Reflect.deleteProperty(RegExp, key);
  Reflect.deleteProperty(URL, 'createObjectURL');
  Reflect.deleteProperty(URL, 'revokeObjectURL');
  Object.defineProperty(scope, 'crypto', { value: scope.crypto, configurable: true });
  return installBufferBudget(scope as unknown as Record<string, unknown>);
}

function ownValue(scope: object, key: string | symbol): unknown {
  const descriptor = Reflect.getOwnPropertyDescriptor(scope, key);
  return descriptor && ('value' in descriptor ? descriptor.value : [descriptor.get, descriptor.set]);
}

function lockGlobal(scope: object, standIns: Record<string, unknown>): void {
  for (
    let holder: object | null = scope;
    holder !== null && holder !== EventTarget.prototype;
    holder = Reflect.getPrototypeOf(holder)
  ) {
    for (const key of Reflect.ownKeys(holder)) {
      const isKept =
        typeof key === 'symbol' || keptGlobals.has(key) || key === 'crypto' || key === 'constructor';
      if (!isKept) Reflect.deleteProperty(holder, key);
    }
  }
  for (const name of Object.keys(standIns))
    Object.defineProperty(scope, name, { value: standIns[name], configurable: true, writable: true });
  for (const key of Reflect.ownKeys(scope)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(scope, key);
    if (!descriptor?.configurable) continue;
    Object.defineProperty(
      scope,
      key,
      'value' in descriptor
        ? { value: descriptor.value, writable: false, configurable: false }
        : { value: Reflect.get(scope, key), writable: false, configurable: false },
    );
  }
  for (
    let proto = Reflect.getPrototypeOf(scope);
    proto !== null && proto !== Object.prototype;
    proto = Reflect.getPrototypeOf(proto)
  )
    Object.freeze(proto);
  Object.preventExtensions(scope);
}
