// Starts the code worker with the first call.

import { wrap } from 'comlink';
import type { CodePort } from '#interop/code-port.ts';
import { createCodePort } from './code-client.ts';
import type { CodeCalls } from './contract.ts';

export const createCodeClient = (): CodePort =>
  createCodePort((onDead) => {
    const worker = new Worker(new URL('./entry.worker.ts', import.meta.url), {
      type: 'module',
      name: 'code',
    });
    worker.addEventListener('error', ({ message }) =>
      onDead(new Error(`The code worker failed: ${message}`)),
    );
    const remote = wrap<CodeCalls>(worker);
    return {
      calls: {
        write: (step) => remote.write(step),
        compare: (before, after) => remote.compare(before, after),
      },
      stop: () => worker.terminate(),
    };
  });
