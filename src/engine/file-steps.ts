// The steps that the engine carries out itself: files that become values, one after another.

import type { BodyError } from '#model/events.ts';
import type { StepReport } from './lane-protocol.ts';
import type { FileStep } from './plan-types.ts';
import type { Clock } from './ports.ts';
import type { DecodedFile, DecodeFile } from './run-types.ts';

export interface FileStepsDeps {
  readonly clock: Clock;
  readonly decodeFile: DecodeFile;
  /** The run is ending: what has not begun is left, what is decoded is dropped. */
  isOver(): boolean;
  onStarted(step: FileStep, atMs: number): void;
  onDecoded(step: FileStep, report: StepReport, bytes: Uint8Array): void;
  onFailed(step: FileStep, problem: BodyError): void;
  /** Called after each step, however it went. */
  onDone(): void;
}

export interface FileSteps {
  readonly isBusy: boolean;
  start(step: FileStep): void;
}

export function createFileSteps(deps: FileStepsDeps): FileSteps {
  const { clock } = deps;
  let last: Promise<void> | undefined;

  async function carryOut(step: FileStep): Promise<void> {
    if (deps.isOver()) return;
    const startedAt = clock.now();
    deps.onStarted(step, startedAt);
    const decoded = await deps.decodeFile(step);
    if (deps.isOver()) return;
    if (decoded.ok) deps.onDecoded(step, reportOf(step, decoded, startedAt), decoded.bytes);
    else deps.onFailed(step, decoded.error);
  }

  function reportOf(
    step: FileStep,
    decoded: DecodedFile & { readonly ok: true },
    startedAt: number,
  ): StepReport {
    const at = clock.now();
    return {
      step: step.number,
      startedAt,
      durationMs: at - startedAt,
      made: [
        {
          type: 'output',
          output: 0,
          value: { offset: 0, length: decoded.bytes.length },
          ...(decoded.metadata === undefined ? {} : { metadata: decoded.metadata }),
        },
      ],
      logs: (decoded.warnings ?? []).map((message) => ({ level: 'WARNING', message, at, source: 'log' })),
      outcome: { type: 'success' },
    };
  }

  return {
    get isBusy() {
      return last !== undefined;
    },
    start(step) {
      const mine = (last ?? Promise.resolve()).then(() => carryOut(step));
      last = mine;
      void mine.then(() => {
        if (last === mine) last = undefined;
        deps.onDone();
      });
    },
  };
}
