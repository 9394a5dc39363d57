// The floor of P1: the least that any engine must do in a browser. The whole plan in one message, one worker that
// loops over one module of all bodies, values and history packed into one record, one durable IndexedDB put.

import type { FloorPlan } from './floor.ts';

type Body = (inputs: Readonly<Record<string, unknown>>) => unknown;

self.onmessage = async ({ data }: MessageEvent<FloorPlan>) => {
  const url = URL.createObjectURL(new Blob([data.module], { type: 'text/javascript' }));
  const { bodies } = (await import(/* @vite-ignore */ url)) as { bodies: readonly Body[] };
  URL.revokeObjectURL(url);
  const values: unknown[] = new Array(bodies.length);
  const times = new Float64Array(bodies.length);
  for (const [step, inputs] of data.inputs.entries()) {
    const given: Record<string, unknown> = {};
    for (const [name, from] of inputs) given[name] = values[from];
    times[step] = performance.now();
    values[step] = await bodies[step]!(given);
  }
  const packed = new TextEncoder().encode(JSON.stringify({ values, times: [...times] }));
  const database = await openDatabase();
  const transaction = database.transaction('runs', 'readwrite', { durability: 'relaxed' });
  transaction.objectStore('runs').add(packed);
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = reject;
  });
  database.close();
  self.postMessage(values.length);
};

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('headwater-bench-floor', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('runs', { autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
