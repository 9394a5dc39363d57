// Where the command line writes: the result to stdout, everything else to stderr.

export interface Terminal {
  /** The result. */
  out(text: string): void;
  /** Everything else. */
  say(text: string): void;
  /** Is somebody watching? Progress is shown only then. */
  readonly isWatched: boolean;
}

export const processTerminal: Terminal = {
  out: (text) => void process.stdout.write(`${text}\n`),
  say: (text) => void process.stderr.write(`${text}\n`),
  isWatched: process.stderr.isTTY === true,
};

/** What a command ends with: 0 done, 1 the run or the definitions failed, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;
