// The page's side of the types worker. It starts with the first project that is shown, once the page has drawn
// it: reading TypeScript takes a core for most of a second.

import { type Remote, wrap } from 'comlink';
import type { TypesEvent, TypesPort } from '#engine/types-port.ts';
import type { TypesCalls, TypesStart } from './contract.ts';

/** `whenIdle` calls back once the page has nothing more urgent to do. */
export function createTypesClient(whenIdle: (callback: () => void) => void): TypesPort {
  const listeners = new Set<(event: TypesEvent) => void>();
  const emit = (event: TypesEvent) => {
    for (const listener of listeners) listener(event);
  };
  /** In a box: a remote is callable, so a promise would take it for a thenable. */
  let started: Promise<{ readonly remote: Remote<TypesCalls> }> | undefined;

  async function start(): Promise<{ readonly remote: Remote<TypesCalls> }> {
    await new Promise<void>(whenIdle);
    const worker = new Worker(new URL('./entry.worker.ts', import.meta.url), {
      type: 'module',
      name: 'types',
    });
    worker.addEventListener('error', ({ message }) => emit({ type: 'failed', message }));
    const calls = new MessageChannel();
    const events = new MessageChannel();
    events.port1.onmessage = ({ data }: MessageEvent<TypesEvent>) => emit(data);
    const first: TypesStart = { calls: calls.port2, events: events.port2 };
    worker.postMessage(first, [calls.port2, events.port2]);
    return { remote: wrap<TypesCalls>(calls.port1) };
  }

  async function calling<T>(call: (remote: Remote<TypesCalls>) => Promise<T>): Promise<T> {
    started ??= start();
    return call((await started).remote);
  }
  const failed = (thrown: unknown) =>
    emit({ type: 'failed', message: thrown instanceof Error ? thrown.message : String(thrown) });

  return {
    show: (change) => void calling((remote) => remote.show(change)).catch(failed),
    focus: (id) => void calling((remote) => remote.focus(id)).catch(failed),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    renameField: (rename) => calling((remote) => remote.renameField(rename)),
    followRename: (rename) => calling((remote) => remote.followRename(rename)),
  };
}
