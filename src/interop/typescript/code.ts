// The little language that exported definitions are written in: literals, and calls whose arguments are literals. The
// writer prints it and the reader parses it; nobody evaluates it.

import type { Json } from '#model/document.ts';

/** A literal, a name, or a call. Objects are `Fields`, whose order is kept. */
export type Code =
  | null
  | boolean
  | number
  | string
  | readonly Code[]
  | Fields
  | Name
  | Call
  | Method
  | Item
  | Arrow;

export class Fields {
  readonly entries: readonly (readonly [name: string, value: Code])[];
  constructor(entries: readonly (readonly [string, Code])[]) {
    this.entries = entries;
  }
  get(name: string): Code | undefined {
    return this.entries.find(([entry]) => entry === name)?.[1];
  }
}

/** An identifier, or several with dots between them. */
export class Name {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** `callee(args)`; the callee is a name, with "new " in front of a class. */
export class Call {
  readonly callee: string;
  readonly args: readonly Code[];
  constructor(callee: string, args: readonly Code[] = []) {
    this.callee = callee;
    this.args = args;
  }
}

/** `target.name(args)` on what a call gives. */
export class Method {
  readonly target: Code;
  readonly name: string;
  readonly args: readonly Code[];
  constructor(target: Code, name: string, args: readonly Code[] = []) {
    this.target = target;
    this.name = name;
    this.args = args;
  }
}

/** `target[key]`. */
export class Item {
  readonly target: Code;
  readonly key: Code;
  constructor(target: Code, key: Code) {
    this.target = target;
    this.key = key;
  }
}

/** `(parameters) => result`. */
export class Arrow {
  readonly parameters: readonly string[];
  readonly result: Code;
  constructor(parameters: readonly string[], result: Code) {
    this.parameters = parameters;
    this.result = result;
  }
}

/** The fields that are there, in the order given. */
export const fields = (record: Readonly<Record<string, Code | undefined>>): Fields =>
  new Fields(Object.entries(record).filter((entry): entry is [string, Code] => entry[1] !== undefined));

/** JSON data as code. */
export function jsonCode(value: Json): Code {
  if (Array.isArray(value)) return value.map(jsonCode);
  if (typeof value === 'object' && value !== null)
    return new Fields(Object.entries(value).map(([name, item]) => [name, jsonCode(item)]));
  return value as null | boolean | number | string;
}

/** The data that code states; undefined when it names or calls anything. */
export function codeJson(code: Code): Json | undefined {
  if (Array.isArray(code)) {
    const items = code.map(codeJson);
    return items.some((item) => item === undefined) ? undefined : (items as Json[]);
  }
  if (code instanceof Fields) {
    const entries = code.entries.map(([name, value]) => [name, codeJson(value)] as const);
    if (entries.some(([, value]) => value === undefined)) return undefined;
    // Not by assignment: that would set the prototype where a field is called so.
    return Object.fromEntries(entries) as { readonly [key: string]: Json };
  }
  return typeof code === 'object' && code !== null ? undefined : (code as null | boolean | number | string);
}
