// The `console` that bodies see: each line belongs to the running step, under the source "console".

import type { LogLevel } from '#model/events.ts';
import { formatLogValue } from '#sdk/format-log-value.ts';

export type ConsoleSink = (level: LogLevel, message: string) => void;

/** A frozen console whose lines go to `sink`. Counters, timers and groups, which would remember, do nothing more. */
export function createBodyConsole(sink: ConsoleSink): Readonly<Record<string, (...args: unknown[]) => void>> {
  const line =
    (level: LogLevel) =>
    (...args: unknown[]): void =>
      sink(level, args.map(formatLogValue).join(' '));
  const quiet = (): void => undefined;
  return Object.freeze({
    log: line('INFO'),
    info: line('INFO'),
    debug: line('DEBUG'),
    trace: line('DEBUG'),
    warn: line('WARNING'),
    error: line('ERROR'),
    dir: (value: unknown) => sink('INFO', formatLogValue(value)),
    table: (value: unknown) => sink('INFO', formatLogValue(value)),
    group: line('INFO'),
    groupCollapsed: line('INFO'),
    groupEnd: quiet,
    assert: (condition: unknown, ...args: unknown[]) => {
      if (!condition) sink('ERROR', ['Assertion failed:', ...args.map(formatLogValue)].join(' '));
    },
    count: quiet,
    countReset: quiet,
    time: quiet,
    timeEnd: quiet,
    timeLog: quiet,
    clear: quiet,
  });
}
