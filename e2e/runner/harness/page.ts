// The page of the harness: the real runner frame, an engine worker that runs what the test tells it to, and a
// clock of animation frames.

import { createRunnerFrame } from '#app/runner-frame.ts';
import { attachRunnerHost } from '#app/runner-host.ts';
import { installTrustedTypes } from '#app/runner-trusted-types.ts';
import { shippedLibraryText } from '#app/shipped-libraries.ts';
import type { EngineCommand } from './engine.worker.ts';

installTrustedTypes();

const engine = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });
const { port1, port2 } = new MessageChannel();
engine.postMessage({ runner: port2 }, [port2]);
const openedAt = performance.now();
attachRunnerHost(createRunnerFrame(shippedLibraryText), port1);

const waiting = new Map<number, (value: unknown) => void>();
let lastCall = 0;
engine.onmessage = ({ data }: MessageEvent<{ id: number; value: unknown }>) => {
  waiting.get(data.id)?.(data.value);
  waiting.delete(data.id);
};

let lastFrame = performance.now();
let worstGap = 0;
requestAnimationFrame(function tick() {
  const now = performance.now();
  worstGap = Math.max(worstGap, now - lastFrame);
  lastFrame = now;
  requestAnimationFrame(tick);
});

const harness = {
  openedAt,
  call(command: EngineCommand): Promise<unknown> {
    lastCall += 1;
    const id = lastCall;
    engine.postMessage({ id, command });
    return new Promise((resolve) => waiting.set(id, resolve));
  },
  /** Carries out commands one after another and tells the server of each: works when the driver has lost the page. */
  async script(commands: readonly (EngineCommand | 'gap')[]): Promise<void> {
    for (const [index, command] of commands.entries()) {
      const begunAt = performance.now();
      const value = command === 'gap' ? harness.worstGap() : await harness.call(command);
      const message = { index, at: Date.now(), tookMs: performance.now() - begunAt, value };
      await fetch('/told', { method: 'POST', body: JSON.stringify(message) });
    }
  },
  /** The worst gap between animation frames since the last call. */
  worstGap(): number {
    const gap = worstGap;
    worstGap = 0;
    lastFrame = performance.now();
    return gap;
  },
};
export type Harness = typeof harness;
Object.assign(globalThis, { harness });
