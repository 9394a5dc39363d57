// The page's side of the code worker, over whatever carries its calls: one request at a time, what both sides keep, and
// another worker after one that failed.

import type { CodePort, CodeState } from '#interop/code-port.ts';
import { emptyDocument } from '#model/document.ts';
import type { CodeCalls, CodeStep } from './contract.ts';
import { changeBetween } from './document-change.ts';

type Remote = {
  readonly [Name in keyof CodeCalls]: (
    ...args: Parameters<CodeCalls[Name]>
  ) => Promise<ReturnType<CodeCalls[Name]>>;
};

/** A worker that was started. */
export interface CodeWorker {
  readonly calls: Remote;
  stop(): void;
}

/** `start` is told what to call when the worker dies: Comlink never answers for one that is gone. */
export function createCodePort(start: (onDead: (reason: Error) => void) => CodeWorker): CodePort {
  let worker: CodeWorker | undefined;
  let document = emptyDocument('');
  let texts: ReadonlyMap<string, string> = new Map();
  let rejectWaiting: ((reason: unknown) => void) | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  function forget(): void {
    worker?.stop();
    worker = undefined;
    document = emptyDocument('');
    texts = new Map();
  }

  const stepTo = ({ document: next, target }: CodeState): CodeStep => {
    const change = changeBetween(document, next);
    document = next;
    return { change, target };
  };

  function call<T>(ask: (calls: Remote) => Promise<T>): Promise<T> {
    worker ??= start((reason) => rejectWaiting?.(reason));
    const { calls } = worker;
    return new Promise<T>((resolve, reject) => {
      rejectWaiting = reject;
      ask(calls).then(resolve, reject);
    }).catch((reason: unknown) => {
      // Nobody knows what a worker that failed still holds.
      forget();
      throw reason;
    });
  }

  // Of the requests that wait for one that is being answered, those that were aborted meanwhile are never made.
  function inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const turn = queue.then(() => {
      signal.throwIfAborted();
      return work();
    });
    queue = turn.catch(() => undefined);
    return turn;
  }

  return {
    write: (signal, next, target) =>
      inTurn(signal, async () => {
        const answer = await call((calls) => calls.write(stepTo({ document: next, target })));
        const held = texts;
        texts = new Map(answer.paths.map((path) => [path, answer.texts.get(path) ?? held.get(path) ?? '']));
        return { ...answer.code, texts };
      }),
    compare: (signal, before, after) =>
      inTurn(signal, () => call((calls) => calls.compare(stepTo(before), stepTo(after)))),
  };
}
