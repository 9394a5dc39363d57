// The little Python that an exported Dagster project is written in: literals, names, and calls with keywords.

import { createFlatList } from '../flat-list.ts';

/** A literal, a name, or a call. */
export type Python = null | boolean | number | string | readonly Python[] | Name | Dict | StringSet | Call;

/** An identifier, or several with dots between them. */
export class Name {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export class Dict {
  readonly entries: readonly (readonly [key: string, value: Python])[];
  constructor(entries: readonly (readonly [string, Python])[]) {
    this.entries = entries;
  }
}

export class StringSet {
  readonly items: readonly string[];
  constructor(items: readonly string[]) {
    this.items = items;
  }
}

/** `callee(args, name=value)`; keywords without a value are left out. */
export class Call {
  readonly callee: string;
  readonly args: readonly Python[];
  readonly keywords: readonly (readonly [name: string, value: Python])[];
  constructor(
    callee: string,
    keywords: Readonly<Record<string, Python | undefined>> = {},
    args: readonly Python[] = [],
  ) {
    this.callee = callee;
    this.args = args;
    this.keywords = Object.entries(keywords).filter(
      (entry): entry is [string, Python] => entry[1] !== undefined,
    );
  }
}

/** JSON data as Python. */
export function jsonPython(value: unknown): Python {
  if (Array.isArray(value)) return value.map(jsonPython);
  if (typeof value === 'object' && value !== null)
    return new Dict(Object.entries(value).map(([key, item]) => [key, jsonPython(item)]));
  return value as null | boolean | number | string;
}

const maxWidth = 100;

/** `column` is where the text begins, `indent` how far its lines after the first are indented. */
export function printPython(code: Python, indent = 0, column = indent): string {
  const flat = printFlat(code, maxWidth - column);
  if (flat !== undefined) return flat;
  const inner = indent + 4;
  const lines = (items: readonly string[], open: string, close: string): string =>
    items.length === 0
      ? open + close
      : `${open}\n${items.map((item) => `${' '.repeat(inner)}${item},\n`).join('')}${' '.repeat(indent)}${close}`;
  const after = (start: string, value: Python): string =>
    start + printPython(value, inner, inner + start.length);
  if (Array.isArray(code))
    return lines(
      code.map((item: Python) => printPython(item, inner)),
      '[',
      ']',
    );
  if (code instanceof Dict)
    return lines(
      code.entries.map(([key, value]) => after(`${printText(key)}: `, value)),
      '{',
      '}',
    );
  if (code instanceof Call)
    return lines(
      [
        ...code.args.map((arg) => printPython(arg, inner)),
        ...code.keywords.map(([name, value]) => after(`${name}=`, value)),
      ],
      `${code.callee}(`,
      ')',
    );
  return printFlat(code) ?? '';
}

/** On one line; undefined where that would not be shorter than `room`, which is found out before all of it is written. */
function printFlat(code: Python, room = Number.POSITIVE_INFINITY): string | undefined {
  const flat = flatText(code, room);
  return flat !== undefined && flat.length < room ? flat : undefined;
}

function flatText(code: Python, room: number): string | undefined {
  if (code === null) return 'None';
  if (typeof code === 'boolean') return code ? 'True' : 'False';
  if (typeof code === 'number') return Object.is(code, -0) ? '-0.0' : String(code);
  if (typeof code === 'string') return printText(code);
  if (code instanceof Name) return code.text;
  if (code instanceof StringSet)
    return code.items.length === 0 ? 'set()' : flatList(code.items, room, '{', '}');
  if (code instanceof Dict) {
    const starts = code.entries.map(([key]) => `${printText(key)}: `);
    return flatList(
      code.entries.map(([, value]) => value),
      room,
      '{',
      '}',
      starts,
    );
  }
  if (code instanceof Call) {
    const starts = [...code.args.map(() => ''), ...code.keywords.map(([name]) => `${name}=`)];
    const values = [...code.args, ...code.keywords.map(([, value]) => value)];
    return flatList(values, room, `${code.callee}(`, ')', starts);
  }
  return flatList(code, room, '[', ']');
}

const flatList = createFlatList(printFlat);

/** A string literal in double quotes. */
export function printText(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  return `"${text.replace(/[\\"]/g, '\\$&').replace(hidden, escaped)}"`;
}

// Most text: nothing in it has to be escaped.
const plain = /^[ !#-[\]-~]*$/;

// Control and direction characters, and halves of pairs, which no file could hold.
const hidden =
  /[\p{Cc}\u2028\u2029\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (char: string): string =>
  shortEscapes[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
