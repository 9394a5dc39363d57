// The JSON Schema of a `z.object({ … })` that is written out in a module, for forms. The text is read by a small
// grammar and never evaluated: what it does not know becomes a field of JSON.

import { type Token, tokenizer } from 'acorn';
import type { Json } from '../document.ts';

export interface ZodSchema {
  readonly schema: Json;
  /** Is everything of the text in the schema? What is not is checked only when the class is made. */
  readonly isWhole: boolean;
}

/** The schema of the module's `ConfigurableResource(…)` or `ConfigurableIOManager(…)`; undefined when none is found. */
export function readZodSchema(module: string): ZodSchema | undefined {
  try {
    return new SchemaReader(module).read();
  } catch {
    // Half typed, or nothing of the kind.
    return undefined;
  }
}

type Fields = Readonly<Record<string, Json>>;

interface Read {
  readonly schema: Fields;
  readonly isOptional: boolean;
}

class Unreadable extends Error {}

const makers = new Set(['ConfigurableResource', 'ConfigurableIOManager']);
const deepest = 20;

class SchemaReader {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #isWhole = true;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = [...tokenizer(text, { ecmaVersion: 'latest', sourceType: 'module' })];
  }

  read(): ZodSchema | undefined {
    const maker = this.#tokens.findIndex(
      (_, at) => makers.has(this.#textAt(at)) && this.#textAt(at + 1) === '(',
    );
    if (maker < 0) return undefined;
    this.#at = maker + 2;
    // A schema with a name of its own: `const fields = z.object({ … })`.
    if (this.#label === 'name' && this.#textAt(this.#at + 1) === ')') {
      const name = this.#textAt(this.#at);
      const named = this.#tokens.findIndex(
        (_, at) =>
          this.#textAt(at) === 'const' && this.#textAt(at + 1) === name && this.#textAt(at + 2) === '=',
      );
      if (named < 0) return undefined;
      this.#at = named + 3;
    }
    const { schema } = this.#schema(0);
    if (schema.type !== 'object' || schema.properties === undefined) return undefined;
    return { schema, isWhole: this.#isWhole };
  }

  #textAt(at: number): string {
    const token = this.#tokens[at];
    return token ? this.#text.slice(token.start, token.end) : '';
  }

  get #word(): string {
    return this.#textAt(this.#at);
  }

  get #label(): string {
    return this.#tokens[this.#at]?.type.label ?? '';
  }

  #take(expected?: string): string {
    const word = this.#word;
    if (word === '' || (expected !== undefined && word !== expected)) throw new Unreadable();
    this.#at += 1;
    return word;
  }

  #takes(word: string): boolean {
    if (this.#word !== word) return false;
    this.#at += 1;
    return true;
  }

  /** What is not understood: the form shows it as JSON. */
  #unknown(): Read {
    this.#isWhole = false;
    let depth = 0;
    while (this.#word !== '') {
      if (depth === 0 && [',', ')', '}', ']'].includes(this.#word)) break;
      if (['(', '[', '{', '${'].includes(this.#label)) depth += 1;
      if ([')', ']', '}'].includes(this.#label)) depth -= 1;
      this.#at += 1;
    }
    return { schema: {}, isOptional: true };
  }

  #schema(depth: number): Read {
    if (depth > deepest) throw new Unreadable();
    const start = this.#at;
    const before = this.#isWhole;
    try {
      return this.#chain(depth);
    } catch (thrown) {
      if (!(thrown instanceof Unreadable)) throw thrown;
      this.#at = start;
      this.#isWhole = before;
      return this.#unknown();
    }
  }

  #chain(depth: number): Read {
    this.#take('z');
    this.#take('.');
    const made = this.#made(this.#take(), depth);
    let read: Read = { schema: made, isOptional: false };
    while (this.#takes('.')) read = this.#changed(read, this.#take());
    return read;
  }

  #made(name: string, depth: number): Fields {
    this.#take('(');
    const end = <T extends Fields>(schema: T): T => {
      this.#takes(',');
      this.#take(')');
      return schema;
    };
    switch (name) {
      case 'string':
      case 'number':
      case 'boolean':
        return end({ type: name });
      case 'int':
        return end({ type: 'integer' });
      case 'url':
        return end({ type: 'string', format: 'uri' });
      case 'email':
        return end({ type: 'string', format: 'email' });
      case 'any':
      case 'unknown':
        return end({});
      case 'literal':
        return end({ const: this.#literal() });
      case 'enum':
        return end({ type: 'string', enum: this.#literal() });
      case 'array':
        return end({ type: 'array', items: this.#schema(depth + 1).schema });
      case 'record': {
        this.#schema(depth + 1);
        this.#take(',');
        return end({ type: 'object', additionalProperties: this.#schema(depth + 1).schema });
      }
      case 'object':
        return end(this.#object(depth));
      default:
        throw new Unreadable();
    }
  }

  #object(depth: number): Fields {
    this.#take('{');
    const properties = new Map<string, Json>();
    const required: string[] = [];
    while (!this.#takes('}')) {
      const name = this.#key();
      this.#take(':');
      const { schema, isOptional } = this.#schema(depth + 1);
      properties.set(name, schema);
      if (!isOptional) required.push(name);
      if (!this.#takes(',') && this.#word !== '}') throw new Unreadable();
    }
    return {
      type: 'object',
      properties: Object.fromEntries(properties),
      ...(required.length > 0 ? { required } : {}),
      additionalProperties: false,
    };
  }

  #changed({ schema, isOptional }: Read, name: string): Read {
    this.#take('(');
    const isText = schema.type === 'string';
    const isList = schema.type === 'array';
    const ended = (change: Fields): Read => {
      // A message of the author's may follow.
      if (this.#takes(',') && this.#word !== ')') this.#literal();
      this.#takes(',');
      this.#take(')');
      return { schema: { ...schema, ...change }, isOptional };
    };
    const limit = (text: string, list: string, number: string): Read =>
      ended({ [isText ? text : isList ? list : number]: this.#literal() });
    switch (name) {
      case 'min':
      case 'gte':
        return limit('minLength', 'minItems', 'minimum');
      case 'max':
      case 'lte':
        return limit('maxLength', 'maxItems', 'maximum');
      case 'length': {
        const length = this.#literal();
        return ended(
          isText ? { minLength: length, maxLength: length } : { minItems: length, maxItems: length },
        );
      }
      case 'gt':
        return ended({ exclusiveMinimum: this.#literal() });
      case 'lt':
        return ended({ exclusiveMaximum: this.#literal() });
      case 'positive':
        return ended({ exclusiveMinimum: 0 });
      case 'nonnegative':
        return ended({ minimum: 0 });
      case 'multipleOf':
        return ended({ multipleOf: this.#literal() });
      case 'int':
        return ended({ type: 'integer' });
      case 'url':
        return ended({ format: 'uri' });
      case 'email':
        return ended({ format: 'email' });
      case 'describe':
        return ended({ description: this.#literal() });
      case 'default':
        return { ...ended({ default: this.#literal() }), isOptional: true };
      case 'optional':
        return { ...ended({}), isOptional: true };
      case 'nullable': {
        const { description, ...rest } = ended({}).schema;
        const plain = { anyOf: [rest, { type: 'null' }] };
        return { schema: description === undefined ? plain : { ...plain, description }, isOptional };
      }
      case 'trim':
        return ended({});
      default:
        throw new Unreadable();
    }
  }

  #key(): string {
    if (this.#label === 'string') return String(this.#literal());
    if (this.#label !== 'name' && this.#tokens[this.#at]?.type.keyword === undefined) throw new Unreadable();
    return this.#take();
  }

  /** JSON as JavaScript writes it. */
  #literal(): Json {
    const token = this.#tokens[this.#at];
    const word = this.#take();
    if (token?.type.label === 'string' || token?.type.label === 'num')
      return Reflect.get(token, 'value') as Json;
    if (word === '-' && this.#label === 'num') return -Number(this.#literal());
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    if (word === '[') {
      const items: Json[] = [];
      while (!this.#takes(']')) {
        items.push(this.#literal());
        if (!this.#takes(',') && this.#word !== ']') throw new Unreadable();
      }
      return items;
    }
    if (word === '{') {
      const entries: [string, Json][] = [];
      while (!this.#takes('}')) {
        const name = this.#key();
        this.#take(':');
        entries.push([name, this.#literal()]);
        if (!this.#takes(',') && this.#word !== '}') throw new Unreadable();
      }
      return Object.fromEntries(entries);
    }
    throw new Unreadable();
  }
}
