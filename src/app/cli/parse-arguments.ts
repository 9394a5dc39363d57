// The words behind `headwater` as a command. What is wrong with them is said in one line.

import { parseArgs } from 'node:util';
import { err, ok, type Result } from '#base/result.ts';

export type CliCommand =
  | { readonly type: 'help' }
  | {
      readonly type: 'list';
      readonly file: string;
      readonly select: string;
      readonly storage: string | undefined;
      readonly json: boolean;
    }
  | {
      readonly type: 'materialize';
      readonly file: string;
      readonly select: string;
      readonly storage: string | undefined;
      readonly json: boolean;
    }
  | { readonly type: 'validate'; readonly file: string };

export interface UsageError {
  readonly type: 'UsageError';
  readonly message: string;
}

export const usageText = `Usage:
  headwater list        FILE [--select S] [--storage DIR] [--json]
  headwater materialize FILE --select S [--storage DIR] [--json]
  headwater validate    FILE

FILE is a saved project (*.headwater.json); its data files lie beside it.
S is * for all assets, or their keys with commas between them.
Values and history are kept in DIR: .headwater beside FILE when none is given.
Bodies run with your own rights, in worker threads.
Exit codes: 0 done, 1 the run or the definitions failed, 2 wrong usage.`;

const usageError = (message: string): Result<never, UsageError> => err({ type: 'UsageError', message });

/** Options and commands of later versions: refused in words of their own. */
const laterOptions = ['partition', 'partition-range', 'config', 'config-json'];
const laterCommands = ['job', 'dev', 'export', 'import', 'partitions', 'wipe'];

const allowedOptions: Readonly<Record<string, readonly string[]>> = {
  list: ['select', 'storage', 'json'],
  materialize: ['select', 'storage', 'json', ...laterOptions],
  validate: [],
};

export function parseArguments(argv: readonly string[]): Result<CliCommand, UsageError> {
  const [name, ...rest] = argv;
  if (name === undefined) return usageError('Say what to do: list, materialize or validate.');
  if (['help', '--help', '-h'].includes(name)) return ok({ type: 'help' });
  const allowed = allowedOptions[name];
  if (!allowed)
    return usageError(
      laterCommands.includes(name)
        ? `“headwater ${name}” is not there yet: this version has list, materialize and validate.`
        : `There is no command “${name}”. There are list, materialize and validate.`,
    );
  const words = readWords(rest);
  if (!words.ok) return words;
  const { values, positionals } = words.value;
  if (values.help) return ok({ type: 'help' });
  for (const option of Object.keys(values)) {
    if (!allowed.includes(option)) return usageError(`“headwater ${name}” does not take --${option}.`);
    if (laterOptions.includes(option))
      return usageError(
        `--${option} is not there yet: this version runs assets without partitions and config.`,
      );
  }
  const [file, ...more] = positionals;
  if (file === undefined) return usageError(`Name the project file: headwater ${name} FILE.`);
  if (more.length > 0)
    return usageError(
      `“headwater ${name}” takes one FILE, but got ${positionals.length}. Quote --select '*'.`,
    );
  const json = values.json === true;
  const { storage } = values;
  if (name === 'validate') return ok({ type: 'validate', file });
  if (values.select?.trim() === '') return usageError(`--select is empty. Give --select '*', or keys.`);
  if (name === 'list') return ok({ type: 'list', file, select: values.select ?? '*', storage, json });
  if (values.select === undefined)
    return usageError(`Say which assets: --select '*' for all, or keys with commas between them.`);
  return ok({ type: 'materialize', file, select: values.select, storage, json });
}

const text = { type: 'string' } as const;

function readWords(words: readonly string[]) {
  try {
    return ok(
      parseArgs({
        args: [...words],
        allowPositionals: true,
        options: {
          select: { ...text, short: 's' },
          storage: text,
          partition: text,
          'partition-range': text,
          config: text,
          'config-json': text,
          json: { type: 'boolean' },
          help: { type: 'boolean', short: 'h' },
        },
      }),
    );
  } catch (thrown) {
    // parseArgs throws on unknown options and missing values; the first sentence says which.
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return usageError(`${message.split('. ')[0]}.`.replace(/\.\.$/, '.'));
  }
}
