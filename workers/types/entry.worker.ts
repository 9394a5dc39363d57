// The only file of the types worker that touches `self`.

import { expose } from 'comlink';
import type { TypesStart } from './contract.ts';
import { createTypesHandler } from './handler.ts';

const libraries: Record<string, string> = import.meta.glob(
  [
    '../../node_modules/typescript/lib/lib.es*.d.ts',
    '../../node_modules/typescript/lib/lib.decorators*.d.ts',
  ],
  { query: '?raw', import: 'default', eager: true },
);

self.onmessage = ({ data }: MessageEvent<TypesStart>) => {
  self.onmessage = null;
  const { calls, events } = data;
  const handler = createTypesHandler({
    readLib: (name) => libraries[`../../node_modules/typescript/lib/${name}`],
    emit: (event) => events.postMessage(event),
    pause: (callback) => void setTimeout(callback),
  });
  expose(handler, calls);
};
