// The page's part of running bodies: it puts the runner frame into the document, hands its control port on, and
// makes a new frame when the old one has died. It never talks to a lane.

import { frameDocument, workerText } from 'virtual:runner';
import type { FrameId, FrameStart } from '#workers/bodies/contract.ts';

export interface RunnerHost {
  /** How many lanes are worth having on this machine. */
  readonly laneCount: number;
  /**
   * Makes the frame, unless there is one. `onFrame` receives the control port of this frame and of each one that
   * takes its place; `onFailed` says that no frame came up.
   */
  start(onFrame: (frame: FrameId, control: MessagePort) => void, onFailed: (detail: string) => void): void;
  /** Removes a frame that no longer answers and makes another. */
  replace(frame: FrameId): void;
  /** The module text of a shipped library; undefined when there is none of that name. */
  libraryText(specifier: string): Promise<string | undefined>;
  /** Removes the frame, and with it every lane. */
  dispose(): void;
}

const upWithinMs = 20_000;

/** Bodies may import what `libraryText` knows. */
export function createRunnerFrame(
  libraryText: RunnerHost['libraryText'],
  parentElement: HTMLElement = document.body,
): RunnerHost {
  const url = URL.createObjectURL(new Blob([frameDocument], { type: 'text/html' }));
  let current: { readonly id: FrameId; readonly element: HTMLIFrameElement; stop(): void } | undefined;
  let lastId = 0;
  let handOn: ((frame: FrameId, control: MessagePort) => void) | undefined;
  let giveUp: ((detail: string) => void) | undefined;

  function createFrame(): void {
    lastId += 1;
    const id = lastId;
    const element = document.createElement('iframe');
    element.setAttribute('sandbox', 'allow-scripts');
    element.setAttribute('aria-hidden', 'true');
    element.tabIndex = -1;
    element.title = 'Runner';
    element.style.display = 'none';
    const { port1, port2 } = new MessageChannel();
    const late = setTimeout(
      () => giveUp?.(`The frame that runs bodies did not start within ${upWithinMs / 1000} s.`),
      upWithinMs,
    );
    element.addEventListener(
      'load',
      () => {
        clearTimeout(late);
        const start: FrameStart = { type: 'start', workerText };
        element.contentWindow?.postMessage(start, '*', [port2]);
        handOn?.(id, port1);
      },
      { once: true },
    );
    current = {
      id,
      element,
      stop() {
        clearTimeout(late);
        element.remove();
      },
    };
    element.src = url;
    parentElement.append(element);
  }

  return {
    laneCount: Math.max(2, Math.min(8, navigator.hardwareConcurrency)),
    start(onFrame, onFailed) {
      handOn = onFrame;
      giveUp = onFailed;
      if (current === undefined) createFrame();
    },
    replace(frame) {
      if (current?.id !== frame) return;
      current.stop();
      createFrame();
    },
    libraryText,
    dispose() {
      current?.stop();
      current = undefined;
      URL.revokeObjectURL(url);
    },
  };
}
