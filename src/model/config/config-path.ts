// Places within a config, and the values there.

import type { Json } from '../document.ts';

export type ConfigPath = readonly (string | number)[];

/** What is wrong at one place. `message` goes on from the place's name: "must be at least 1". */
export interface ConfigProblem {
  readonly path: ConfigPath;
  readonly message: string;
}

export const isSamePath = (a: ConfigPath, b: ConfigPath): boolean =>
  a.length === b.length && a.every((part, index) => part === b[index]);

/** "server.ports[0]" */
export const pathText = (path: ConfigPath): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');

/** "“port” must be at least 1." */
export const problemSentence = ({ path, message }: ConfigProblem): string =>
  path.length === 0 ? `The config ${message}.` : `“${pathText(path)}” ${message}.`;

/** "Must be at least 1.", beside the field itself. */
export const fieldSentence = ({ message }: ConfigProblem): string =>
  `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;

/** The value at a place; undefined when there is none. */
export function valueAt(value: Json | undefined, path: ConfigPath): Json | undefined {
  let at: Json | undefined = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Readonly<Record<string | number, Json>>)[part];
  }
  return at;
}

/** The value with another one at a place, made where it is missing; undefined takes away what is there. */
export function withValueAt(
  value: Json | undefined,
  path: ConfigPath,
  next: Json | undefined,
): Json | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return next;
  if (typeof part === 'number') {
    const list = Array.isArray(value) ? [...(value as readonly Json[])] : [];
    const entry = withValueAt(list[part], rest, next);
    if (entry === undefined) list.splice(part, 1);
    else list[part] = entry;
    return list;
  }
  const entries = isRecord(value) ? Object.entries(value) : [];
  const entry = withValueAt(isRecord(value) ? value[part] : undefined, rest, next);
  const index = entries.findIndex(([name]) => name === part);
  if (entry === undefined) return Object.fromEntries(entries.filter(([name]) => name !== part));
  return Object.fromEntries(index < 0 ? [...entries, [part, entry]] : entries.with(index, [part, entry]));
}

/** `{ "env": "NAME" }`: the value of an environment variable, read when a run launches. */
export const environmentName = (value: Json | undefined): string | undefined =>
  isRecord(value) && Object.keys(value).length === 1 && typeof value.env === 'string' ? value.env : undefined;

const isRecord = (value: Json | undefined): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
