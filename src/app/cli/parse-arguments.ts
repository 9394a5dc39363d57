// The words behind `headwater` as a command. What is wrong with them is said in one line.

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { err, ok, type Result } from '#base/result.ts';
import { type ExecutorName, executorNames } from '#interop/dagster/executors.ts';
import { definitionsPath } from '#interop/typescript/write-project.ts';

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
  | { readonly type: 'validate'; readonly file: string }
  | {
      readonly type: 'export';
      readonly file: string;
      readonly out: string;
      /** Absent for a TypeScript project. */
      readonly dagster?: { readonly executor: ExecutorName; readonly isPartial: boolean };
    }
  | { readonly type: 'import'; readonly folder: string; readonly out: string };

export interface UsageError {
  readonly type: 'UsageError';
  readonly message: string;
}

export const usageText = `Usage:
  headwater list        FILE [--select S] [--storage DIR] [--json]
  headwater materialize FILE --select S [--config-json J | --config F] [--storage DIR] [--json]
  headwater validate    FILE
  headwater wipe        FILE KEY…|--all [--storage DIR]
  headwater export      FILE --target typescript --out DIR
  headwater export      FILE --target dagster [--executor E] [--partial] --out DIR
  headwater import      typescript DIR --out FILE

FILE is a saved project (*.headwater.json), whose data files lie beside it, a TypeScript module that exports
Definitions, or the folder of an exported project. A module is loaded by every command: what stands at its top level
runs. import only parses: nothing runs.
S is * for all assets, their keys with commas between them, or a selection ("group:daily and not kind:chart").
E is what runs the steps in Dagster: in-process, multiprocess (the default), celery, dask or kubernetes.
--partial leaves out what a Dagster project cannot have, with all that hangs on it, and names it.
J is run config: {"assets": {"orders": {"limit": 10}}, "resources": {"db": {"port": 5433}}}; F is a file of it.
Values and history are kept in DIR: .headwater beside FILE when none is given.
Bodies run with your own rights, in worker threads: Ctrl+C ends even one that hangs.
Exit codes: 0 done, 1 the run or the definitions failed, 2 wrong usage.`;

const usageError = (message: string): Result<never, UsageError> => err({ type: 'UsageError', message });

/** Options and commands of later versions: refused in words of their own. */
const laterOptions = ['partition', 'partition-range'];
const laterCommands = ['job', 'dev', 'partitions'];
const commands = 'list, materialize, validate, wipe, export and import';

const allowedOptions: Readonly<Record<string, readonly string[]>> = {
  list: ['select', 'storage', 'json'],
  materialize: ['select', 'storage', 'json', 'config', 'config-json', ...laterOptions],
  validate: [],
  wipe: ['all', 'storage'],
  export: ['target', 'executor', 'partial', 'out'],
  import: ['out'],
};

export function parseArguments(argv: readonly string[]): Result<CliCommand, UsageError> {
  const [name, ...rest] = argv;
  if (name === undefined) return usageError(`Say what to do: ${commands.replace(' and ', ' or ')}.`);
  if (['help', '--help', '-h'].includes(name)) return ok({ type: 'help' });
  const allowed = allowedOptions[name];
  if (!allowed)
    return usageError(
      laterCommands.includes(name)
        ? `“headwater ${name}” is not there yet: this version has ${commands}.`
        : `There is no command “${name}”. There are ${commands}.`,
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
  if (name === 'import') return readImport(positionals, values.out);
  // In the folder of an exported project its name need not be said.
  const [file = existsSync(definitionsPath) ? '.' : undefined, ...more] = positionals;
  if (file === undefined) return usageError(`Name the project file: headwater ${name} FILE.`);
  // Opening a folder goes into it: what is named from here is meant from here.
  const storage = values.storage === undefined ? undefined : resolve(values.storage);
  if (name === 'wipe') {
    if (values.all && more.length > 0) return usageError('Name keys, or give --all: not both.');
    if (!values.all && more.length === 0) return usageError('Name the keys to wipe, or give --all.');
    return ok({ type: 'wipe', file, keys: values.all ? 'all' : more, storage });
  }
  if (more.length > 0)
    return usageError(
      `“headwater ${name}” takes one FILE, but got ${positionals.length}. Quote --select '*'.`,
    );
  if (name === 'export') return readExport(file, values);
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

function readImport(
  [form, folder, ...more]: readonly string[],
  out: string | undefined,
): Result<CliCommand, UsageError> {
  if (form === 'dbt') return usageError('“headwater import dbt” is not there yet: typescript is.');
  if (form !== 'typescript' || folder === undefined || more.length > 0)
    return usageError('Name the folder: headwater import typescript DIR --out FILE.');
  if (out === undefined) return usageError('Say where to write the project: --out FILE.');
  return ok({ type: 'import', folder, out });
}

function readExport(
  file: string,
  {
    target,
    executor,
    partial: isPartial = false,
    out,
  }: {
    readonly target?: string;
    readonly executor?: string;
    readonly partial?: boolean;
    readonly out?: string;
  },
): Result<CliCommand, UsageError> {
  if (target !== 'typescript' && target !== 'dagster')
    return usageError('Say what to write: --target typescript, or --target dagster.');
  if (out === undefined) return usageError('Say where to write it: --out DIR.');
  if (target === 'typescript')
    return executor === undefined && !isPartial
      ? ok({ type: 'export', file, out })
      : usageError('--executor and --partial are for --target dagster.');
  const chosen = executorNames.find((name) => name === (executor ?? 'multiprocess'));
  return chosen === undefined
    ? usageError(`There is no executor “${executor}”. There are ${executorNames.join(', ')}.`)
    : ok({ type: 'export', file, out, dagster: { executor: chosen, isPartial } });
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
          target: text,
          executor: text,
          out: text,
          partition: text,
          'partition-range': text,
          config: text,
          'config-json': text,
          json: { type: 'boolean' },
          partial: { type: 'boolean' },
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
