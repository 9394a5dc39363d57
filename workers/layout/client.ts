// The page's side of the layout worker. The worker starts with the first call and is ended by an aborted or
// overlong one: a layout cannot be interrupted in any other way.

import { wrap } from 'comlink';
import type { LayoutCalls, LayoutGraph, LayoutPlace } from './contract.ts';

const deadlineMs = 20_000;

export interface LayoutClient {
  /** Rejects when aborted, when the worker fails, or after 20 s. */
  layout(signal: AbortSignal, graph: LayoutGraph): Promise<readonly LayoutPlace[]>;
  dispose(): void;
}

export function createLayoutClient(): LayoutClient {
  let worker: Worker | undefined;
  const stop = () => {
    worker?.terminate();
    worker = undefined;
  };
  const start = () =>
    new Worker(new URL('./entry.worker.ts', import.meta.url), { type: 'module', name: 'layout' });

  return {
    layout(signal, graph) {
      if (signal.aborted) return Promise.reject(signal.reason);
      worker ??= start();
      const own = worker;
      return new Promise((resolve, reject) => {
        const fail = (reason: unknown) => {
          if (worker === own) stop();
          settle();
          reject(reason);
        };
        const aborted = () => fail(signal.reason);
        const failed = (event: ErrorEvent) => fail(new Error(`The layout worker failed: ${event.message}`));
        const timer = setTimeout(() => fail(new Error('The layout took more than 20 s.')), deadlineMs);
        const settle = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', aborted);
          own.removeEventListener('error', failed);
        };
        signal.addEventListener('abort', aborted);
        own.addEventListener('error', failed);
        const calls = wrap<LayoutCalls>(own);
        calls.layout(graph).then((places) => {
          settle();
          resolve(places);
        }, fail);
      });
    },
    dispose: stop,
  };
}
