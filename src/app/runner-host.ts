// Joins the runner frame to the engine worker over one port.

import { type EngineToPage, type PageToEngine, RUNNER_PROTOCOL_VERSION } from '#workers/bodies/contract.ts';
import type { RunnerHost } from './runner-frame.ts';

/** Serves the engine worker at the other end of `engine` with frames and libraries. Returns what undoes it. */
export function attachRunnerHost(host: RunnerHost, engine: MessagePort): () => void {
  const send = (message: PageToEngine, transfer: Transferable[] = []): void =>
    engine.postMessage(message, transfer);
  engine.onmessage = ({ data }: MessageEvent<EngineToPage>) => {
    if (data.type === 'frame-dead') host.replace(data.frame);
    else
      void host.libraryText(data.specifier).then(
        (text) => send({ type: 'library', specifier: data.specifier, text }),
        // The chunk did not load (offline before the first visit was complete).
        () => send({ type: 'library', specifier: data.specifier, text: undefined }),
      );
  };
  send({ type: 'hello', protocol: RUNNER_PROTOCOL_VERSION, laneCount: host.laneCount });
  host.start(
    (frame, control) => send({ type: 'frame', frame, control }, [control]),
    (detail) => send({ type: 'frame-failed', detail }),
  );
  return () => {
    engine.onmessage = null;
    engine.close();
    host.dispose();
  };
}
