// The words behind `headwater` as a command. What is wrong with them is said in one line.

import { readFileSync } from 'node:fs';
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
      /** Run config as JSON text, and what to call it. */
      readonly config: { readonly text: string; readonly name: string } | undefined;
    }
  | {
      readonly type: 'wipe';
      readonly file: string;
      readonly keys: readonly string[] | 'all';
      readonly storage: string | undefined;
    }
  | { readonly type: 'validate'; readonly file: string };

export interface UsageError {
  readonly type: 'UsageError';
  readonly message: string;
}

export const usageText = `Usage:
  headwater list        FILE [--select S] [--storage DIR] [--json]
  headwater materialize FILE --select S [--config-json J | --config F] [--storage DIR] [--json]
  headwater validate    FILE
  headwater wipe        FILE KEY…|--all [--storage DIR]

FILE is a saved project (*.headwater.json), whose data files lie beside it, or a TypeScript module that exports
Definitions. A module is loaded by every command: what stands at its top level runs.
S is * for all assets, their keys with commas between them, or a selection ("group:daily and not kind:chart").
J is run config: {"assets": {"orders": {"limit": 10}}, "resources": {"db": {"port": 5433}}}; F is a file of it.
Values and history are kept in DIR: .headwater beside FILE when none is given.
Bodies run with your own rights, in worker threads: Ctrl+C ends even one that hangs.
Exit codes: 0 done, 1 the run or the definitions failed, 2 wrong usage.`;

const usageError = (message: string): Result<never, UsageError> => err({ type: 'UsageError', message });

/** Options and commands of later versions: refused in words of their own. */
const laterOptions = ['partition', 'partition-range'];
const laterCommands = ['job', 'dev', 'export', 'import', 'partitions'];

const allowedOptions: Readonly<Record<string, readonly string[]>> = {
  list: ['select', 'storage', 'json'],
  materialize: ['select', 'storage', 'json', 'config', 'config-json', ...laterOptions],
  validate: [],
  wipe: ['all', 'storage'],
};

export function parseArguments(argv: readonly string[]): Result<CliCommand, UsageError> {
  const [name, ...rest] = argv;
  if (name === undefined) return usageError('Say what to do: list, materialize, validate or wipe.');
  if (['help', '--help', '-h'].includes(name)) return ok({ type: 'help' });
  const allowed = allowedOptions[name];
  if (!allowed)
    return usageError(
      laterCommands.includes(name)
        ? `“headwater ${name}” is not there yet: this version has list, materialize, validate and wipe.`
        : `There is no command “${name}”. There are list, materialize, validate and wipe.`,
    );
  const words = readWords(rest);
  if (!words.ok) return words;
  const { values, positionals } = words.value;
  if (values.help) return ok({ type: 'help' });
  for (const option of Object.keys(values)) {
    if (!allowed.includes(option)) return usageError(`“headwater ${name}” does not take --${option}.`);
    if (laterOptions.includes(option))
      return usageError(`--${option} is not there yet: this version runs assets without partitions.`);
  }
  const [file, ...more] = positionals;
  if (file === undefined) return usageError(`Name the project file: headwater ${name} FILE.`);
  const { storage } = values;
  if (name === 'wipe') {
    if (values.all && more.length > 0) return usageError('Name keys, or give --all: not both.');
    if (!values.all && more.length === 0) return usageError('Name the keys to wipe, or give --all.');
    return ok({ type: 'wipe', file, keys: values.all ? 'all' : more, storage });
  }
  if (more.length > 0)
    return usageError(
      `“headwater ${name}” takes one FILE, but got ${positionals.length}. Quote --select '*'.`,
    );
  const json = values.json === true;
  if (name === 'validate') return ok({ type: 'validate', file });
  if (values.select?.trim() === '') return usageError(`--select is empty. Give --select '*', or keys.`);
  if (name === 'list') return ok({ type: 'list', file, select: values.select ?? '*', storage, json });
  if (values.select === undefined)
    return usageError(`Say which assets: --select '*' for all, or keys with commas between them.`);
  const config = readConfigText(values.config, values['config-json']);
  if (!config.ok) return config;
  return ok({ type: 'materialize', file, select: values.select, storage, json, config: config.value });
}

type ConfigText = Extract<CliCommand, { readonly type: 'materialize' }>['config'];

function readConfigText(file: string | undefined, json: string | undefined): Result<ConfigText, UsageError> {
  if (file !== undefined && json !== undefined)
    return usageError('Give --config or --config-json, not both.');
  if (json !== undefined) return ok({ text: json, name: '--config-json' });
  if (file === undefined) return ok(undefined);
  try {
    return ok({ text: readFileSync(file, 'utf8'), name: file });
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code;
    return usageError(code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${code}).`);
  }
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
          all: { type: 'boolean' },
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
