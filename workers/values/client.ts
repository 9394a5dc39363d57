// The page's side of the value worker. It starts with the first call; when it fails, what waits is told and the
// next call starts another.

import { proxy, transfer, wrap } from 'comlink';
import { err, ok } from '#base/result.ts';
import type { WorkspacePort } from '#engine/workspace-port.ts';
import type { DataPort, ValuePlace } from '#interop/data-port.ts';
import { canceled, type Missing, missing, type ValueCalls } from './contract.ts';

export function createDataClient(workspace: Pick<WorkspacePort, 'valueBytes'>): DataPort {
  let started: { readonly worker: Worker; readonly calls: ValueCalls } | undefined;
  const waiting = new Set<(reason: unknown) => void>();
  let jobNumber = 0;
  const nextJob = () => `job-${++jobNumber}`;

  function calls(): ValueCalls {
    if (!started) {
      const worker = new Worker(new URL('./entry.worker.ts', import.meta.url), {
        type: 'module',
        name: 'headwater values',
      });
      worker.onerror = (event) => {
        worker.terminate();
        started = undefined;
        for (const reject of waiting) reject(new Error(`The data could not be read: ${event.message}`));
        waiting.clear();
      };
      started = { worker, calls: wrap<ValueCalls>(worker) as unknown as ValueCalls };
    }
    return started.calls;
  }

  /** Comlink never answers for a worker that is gone. */
  function guarded<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      waiting.add(reject);
      work.then(resolve, reject).finally(() => waiting.delete(reject));
    });
  }

  const idOf = ({ projectId, value }: ValuePlace) => `${projectId}/${value.pack}/${value.offset}`;

  /** Hands the value over when the worker does not hold it. */
  async function withValue<T>(
    place: ValuePlace,
    call: (calls: ValueCalls, id: string) => Promise<T | Missing>,
  ): Promise<T | Missing> {
    const id = idOf(place);
    const first = await guarded(call(calls(), id));
    if (first !== missing) return first;
    const bytes = await workspace.valueBytes(place.projectId, place.value);
    if (!bytes) return missing;
    await guarded(calls().hold(id, transfer(bytes, [bytes.buffer])));
    return guarded(call(calls(), id));
  }

  async function abortable<T>(signal: AbortSignal, job: string, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const stop = () => void calls().cancel(job);
    signal.addEventListener('abort', stop);
    try {
      const result = await work();
      signal.throwIfAborted();
      return result;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  const lost = err({ type: 'ValueLost' as const });
  const stoppedEarly = () => new DOMException('The work was canceled.', 'AbortError');

  return {
    async query(place, query) {
      const answer = await withValue(place, (worker, id) => worker.query(id, query));
      return answer === missing ? lost : answer;
    },
    async rows(place, query, from, to) {
      const answer = await withValue(place, (worker, id) => worker.rows(id, query, from, to));
      return answer === missing ? undefined : answer;
    },
    async stats(signal, place) {
      const job = nextJob();
      const answer = await abortable(signal, job, () =>
        withValue(place, (worker, id) => worker.stats(id, job)),
      );
      if (answer === canceled) throw stoppedEarly();
      return answer === missing ? lost : ok(answer);
    },
    async download(signal, place, request, onProgress) {
      const job = nextJob();
      const answer = await abortable(signal, job, () =>
        withValue(place, (worker, id) => worker.download(id, job, request, proxy(onProgress))),
      );
      if (answer === canceled) throw stoppedEarly();
      return answer === missing ? lost : answer;
    },
    inspect: (file, format, csv) => guarded(calls().inspect(file, format, csv)),
    async check(signal, file, format, options, onProgress) {
      const job = nextJob();
      const answer = await abortable(signal, job, () =>
        guarded(calls().check(job, file, format, options, proxy(onProgress))),
      );
      if (answer === canceled) throw stoppedEarly();
      return answer;
    },
  };
}
