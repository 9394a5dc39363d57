// The page's side of the types worker. It starts with the first project that is shown.

import { type Remote, wrap } from 'comlink';
import type { TypesEvent, TypesPort } from '#engine/types-port.ts';
import type { TypesCalls, TypesStart } from './contract.ts';

export function createTypesClient(): TypesPort {
  const listeners = new Set<(event: TypesEvent) => void>();
  const emit = (event: TypesEvent) => {
    for (const listener of listeners) listener(event);
  };
  let remote: Remote<TypesCalls> | undefined;

  function start(): Remote<TypesCalls> {
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
    return wrap<TypesCalls>(calls.port1);
  }
  const calls = () => (remote ??= start());
  const failed = (thrown: unknown) =>
    emit({ type: 'failed', message: thrown instanceof Error ? thrown.message : String(thrown) });

  return {
    show: (change) => void calls().show(change).catch(failed),
    focus: (id) => void calls().focus(id).catch(failed),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    renameField: (rename) => calls().renameField(rename),
    followRewrite: (assetId, after) => calls().followRewrite(assetId, after),
  };
}
