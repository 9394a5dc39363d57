// The words behind `npm run bench --`.

import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly json: boolean;
  readonly rounds: number;
  /** Of `all`, below. */
  readonly only: ReadonlySet<string>;
  /** A Python that has the real Dagster; undefined when it is left out. */
  readonly python: string | undefined;
  /** Also the ones that take many minutes: Dagster with 10,000 assets, ours with 100,000. */
  readonly full: boolean;
}

const all = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P9', 'P10', 'P12', 'P15', 'P18'];

export const benchUsage = `npm run bench -- [--json] [--only P1,P4] [--rounds N] [--no-dagster] [--full]
  --json        the rows with all samples, for machines
  --only        some of ${all.join(', ')}
  --rounds      pairs to take the median of; 5 when left out
  --no-dagster  leaves the real Dagster out (it takes about 45 s a round)
  --full        also Dagster with 10,000 assets, once, and ours with 100,000`;

/** `ensureDagster` is asked only when it is needed. */
export function readOptions(
  argv: readonly string[],
  ensureDagster: () => string | undefined,
): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      json: { type: 'boolean' },
      only: { type: 'string' },
      rounds: { type: 'string' },
      'no-dagster': { type: 'boolean' },
      full: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return undefined;
  const rounds = Number(values.rounds ?? 5);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a number from 1.');
  const only = new Set(values.only?.toUpperCase().split(',') ?? all);
  for (const name of only) if (!all.includes(name)) throw new Error(`There is no benchmark ${name}.`);
  return {
    json: values.json === true,
    rounds,
    only,
    python: only.has('P1') && values['no-dagster'] !== true ? ensureDagster() : undefined,
    full: values.full === true,
  };
}
