// The engine worker's door: waits for the page's ports and starts the engine on them.

import type { EngineStart } from './contract.ts';
import { startEngine } from './start-engine.ts';

self.onmessage = ({ data }: MessageEvent<EngineStart>) => {
  self.onmessage = null;
  startEngine(data).catch((thrown: unknown) => {
    // Reaches the page as the worker's `error` event, and from there the user.
    reportError(thrown);
  });
};
