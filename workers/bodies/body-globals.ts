// The globals that bodies find: the language, the parts of the platform that only compute, and, in place of
// network, storage and threads, functions that say why they are not there. The words are a courtesy: what
// refuses the real things is the frame's opaque origin and its content security policy.

/** Globals that stay as they are. Everything else is removed. */
export const keptGlobals: ReadonlySet<string> = new Set(
  (
    'globalThis self Infinity NaN undefined Object Function Array Number parseFloat parseInt Boolean String Symbol ' +
    'Date Promise RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError ' +
    'SuppressedError DisposableStack AsyncDisposableStack JSON Math Intl Temporal ArrayBuffer SharedArrayBuffer Atomics ' +
    'Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array BigUint64Array BigInt64Array Uint8ClampedArray ' +
    'Float16Array Float32Array Float64Array DataView Map BigInt Set Iterator WeakMap WeakSet WeakRef Proxy Reflect ' +
    'FinalizationRegistry decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape isFinite isNaN eval ' +
    'WebAssembly TextEncoder TextDecoder URL URLSearchParams structuredClone queueMicrotask atob btoa AbortController ' +
    'AbortSignal Event EventTarget CustomEvent ErrorEvent MessageEvent DOMException Blob File FormData Headers Request Response ' +
    'ReadableStream ReadableStreamDefaultReader WritableStream TransformStream ByteLengthQueuingStrategy ' +
    'CountQueuingStrategy CompressionStream DecompressionStream TextEncoderStream TextDecoderStream MessageChannel ' +
    'MessagePort ImageData ImageBitmap createImageBitmap OffscreenCanvas Path2D DOMMatrix DOMPoint DOMRect ' +
    'CryptoKey Crypto'
  ).split(' '),
);

const noNetwork = (name: string): string =>
  `This project has no network grant: ${name} is not available in a body.`;
const noStorage = (name: string): string =>
  `A body cannot store anything itself: ${name} is not available. What it returns is stored.`;
const noThread = (name: string): string =>
  `A body cannot start threads or load scripts: ${name} is not available.`;

/** What stands in the place of globals that a body must not have. */
export function createStandIns(): Record<string, unknown> {
  const standIns: Record<string, unknown> = {
    fetch: rejecting(noNetwork('fetch')),
    importScripts: throwing(noThread('importScripts')),
    indexedDB: Object.fromEntries(
      ['open', 'deleteDatabase', 'databases', 'cmp'].map((name) => [name, throwing(noStorage('indexedDB'))]),
    ),
    caches: Object.fromEntries(
      ['open', 'match', 'has', 'delete', 'keys'].map((name) => [name, rejecting(noStorage('caches'))]),
    ),
    navigator: createNavigator(),
    performance: createPerformance(),
  };
  for (const name of ['XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'EventSource', 'WebTransport'])
    standIns[name] = throwing(noNetwork(name));
  for (const name of ['Worker', 'SharedWorker']) standIns[name] = throwing(noThread(name));
  standIns.BroadcastChannel = throwing(
    'A body cannot talk to other bodies: BroadcastChannel is not available.',
  );
  return standIns;
}

// `function`, so that `new WebSocket(…)` reads the sentence too.
function throwing(sentence: string): unknown {
  return function notAvailable(): never {
    throw new Error(sentence);
  };
}

function rejecting(sentence: string): unknown {
  return () => Promise.reject(new Error(sentence));
}

function createNavigator(): Record<string, unknown> {
  const real = globalThis.navigator;
  return {
    userAgent: real.userAgent,
    language: real.language,
    languages: [...real.languages],
    hardwareConcurrency: real.hardwareConcurrency,
    onLine: false,
    locks: {
      request: rejecting(noStorage('navigator.locks')),
      query: rejecting(noStorage('navigator.locks')),
    },
    storage: {
      getDirectory: rejecting(noStorage('navigator.storage')),
      estimate: rejecting(noStorage('navigator.storage')),
      persist: rejecting(noStorage('navigator.storage')),
    },
    sendBeacon: throwing(noNetwork('navigator.sendBeacon')),
  };
}

// Marks and measures would be seen by the next step.
function createPerformance(): Record<string, unknown> {
  const real = globalThis.performance;
  return { now: () => real.now(), timeOrigin: real.timeOrigin };
}
