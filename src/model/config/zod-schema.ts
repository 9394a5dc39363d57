// The JSON Schema of a `z.object({ … })` that is written out in a module, for forms. The text is read by a small
// grammar and never evaluated: what it does not know becomes a field of JSON. Names are followed to constants of the
// module, and of the shared modules that it imports.

import type { Json } from '../document.ts';
import { CodeCursor, type CodeSources, type SharedText, Unreadable } from './code-cursor.ts';
import { type ModuleTokens, moduleTokens } from './module-names.ts';
import {
  joinShapes,
  looseShape,
  objectSchema,
  type SchemaFields,
  type Shape,
  shapeOf,
  shapeWith,
} from './zod-object.ts';

export interface ZodSchema {
  readonly schema: Json;
  /** Is everything of the text in the schema? What is not is checked only when the class is made. */
  readonly isWhole: boolean;
  /** The fields of which something is not. */
  readonly unread: readonly string[];
}

/** The schema of the module's `ConfigurableResource(…)` or `ConfigurableIOManager(…)`; undefined when none is found. */
export function readZodSchema(module: string, shared: SharedText = () => undefined): ZodSchema | undefined {
  try {
    const tokens = moduleTokens(module);
    const maker = tokens.list.findIndex(
      (_, at) => makers.has(tokens.textAt(at)) && tokens.textAt(at + 1) === '(',
    );
    if (maker < 0) return undefined;
    const state: Reading = { shared, followed: 0, isWhole: true, unread: [] };
    const { schema } = new SchemaReader(tokens, maker + 2, state).schema(0);
    const shape = shapeOf(schema);
    const unread = state.unread.filter((name) => shape?.properties.has(name));
    return shape && { schema, isWhole: state.isWhole, unread: [...new Set(unread)] };
  } catch {
    // Half typed, or nothing of the kind.
    return undefined;
  }
}

/** With what has not been read so far. */
interface Reading extends CodeSources {
  isWhole: boolean;
  unread: string[];
}

interface Read {
  readonly schema: SchemaFields;
  readonly isOptional: boolean;
}

const makers = new Set(['ConfigurableResource', 'ConfigurableIOManager']);
const deepest = 20;
/** Methods that change nothing of what a form asks for. */
const quiet: ReadonlySet<string> = new Set(['trim', 'readonly', 'brand', 'toLowerCase', 'toUpperCase']);
/** Rules that only Zod itself can check. */
const rules: ReadonlySet<string> = new Set([
  'refine',
  'superRefine',
  'check',
  'regex',
  'startsWith',
  'endsWith',
  'includes',
]);

class SchemaReader extends CodeCursor {
  readonly #state: Reading;
  readonly #zod: ReadonlySet<string>;

  constructor(tokens: ModuleTokens, at: number, state: Reading) {
    super(tokens, at, state);
    this.#state = state;
    const locals = tokens.localsOf('zod', ['z', '*', 'default']);
    // Half typed, the import may not be there yet.
    this.#zod = new Set(locals.length > 0 || tokens.importOf('z') ? locals : ['z']);
  }

  /** What a name stands for, read where it is declared. */
  #named<T>(name: string, depth: number, read: (there: SchemaReader) => T): T {
    const there = new SchemaReader(...this.placeOf(name, depth), this.#state);
    const value = read(there);
    there.endsStatement();
    return value;
  }

  /** What is not understood is anything: the form shows it as JSON. */
  schema(depth: number): Read {
    if (depth > deepest) throw new Unreadable();
    const start = this.at;
    try {
      return this.#chain(depth);
    } catch (thrown) {
      if (!(thrown instanceof Unreadable)) throw thrown;
      this.at = start;
      this.#state.isWhole = false;
      this.skip();
      return { schema: {}, isOptional: true };
    }
  }

  #chain(depth: number): Read {
    let read: Read;
    const name = this.take();
    if (!this.#zod.has(name)) read = this.#named(name, depth, (there) => there.#chain(depth + 1));
    else {
      this.take('.');
      if (this.takes('coerce')) this.take('.');
      read = this.#made(this.take(), depth);
    }
    while (this.takes('.')) read = this.#changed(read, this.take(), depth);
    return read;
  }

  #made(name: string, depth: number): Read {
    this.take('(');
    const end = (schema: SchemaFields): Read => {
      this.closes();
      return { schema, isOptional: false };
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
      case 'json':
        return end({});
      case 'literal':
        return end({ const: this.literal() });
      case 'enum':
        return end({ type: 'string', enum: this.literal() });
      case 'array':
        return end({ type: 'array', items: this.schema(depth + 1).schema });
      case 'optional':
        return { ...end(this.schema(depth + 1).schema), isOptional: true };
      case 'nullable':
        return end(nullable(this.schema(depth + 1).schema));
      case 'record': {
        this.schema(depth + 1);
        this.take(',');
        return end({ type: 'object', additionalProperties: this.schema(depth + 1).schema });
      }
      case 'object':
      case 'strictObject':
      case 'looseObject':
        return end(objectSchema(this.#shape(depth + 1), name === 'looseObject' ? {} : false));
      default:
        throw new Unreadable();
    }
  }

  /** The fields of an object: written out, under a name, or those of another schema. */
  #shape(depth: number): Shape {
    if (!this.takes('{')) {
      const start = this.at;
      const name = this.take();
      if (this.word === ')' || this.word === ',' || this.word === '')
        return this.#named(name, depth, (there) => there.#shape(depth + 1));
      this.at = start;
      return this.#shapeOfOther(depth);
    }
    let shape: Shape = { properties: new Map(), required: new Set() };
    while (!this.takes('}')) {
      if (this.takes('...')) shape = joinShapes(shape, this.#spread(depth));
      else {
        const name = this.key();
        const { schema, isOptional } = this.#field(name, depth);
        const required = new Set(isOptional ? [] : [name]);
        shape = joinShapes(shape, { properties: new Map([[name, schema]]), required });
      }
      if (!this.takes(',') && this.word !== '}') throw new Unreadable();
    }
    return shape;
  }

  #field(name: string, depth: number): Read {
    const { isWhole, unread } = this.#state;
    this.#state.isWhole = true;
    // `{ url }` is `{ url: url }`.
    const read = this.takes(':')
      ? this.schema(depth + 1)
      : this.#named(name, depth, (there) => there.schema(depth + 1));
    this.#state.unread = this.#state.isWhole ? unread : [...unread, name];
    this.#state.isWhole &&= isWhole;
    return read;
  }

  /** `...fields`, or `...other.shape`. */
  #spread(depth: number): Shape {
    if (this.word === '{') return this.#shape(depth + 1);
    const next = this.tokens.textAt(this.at + 1);
    if (next !== ',' && next !== '}') return this.#shapeOfOther(depth);
    return this.#named(this.take(), depth, (there) => there.#shape(depth + 1));
  }

  /** `other.shape`, where the other is a name or a schema of Zod. */
  #shapeOfOther(depth: number): Shape {
    let read: Read;
    const name = this.take();
    if (this.#zod.has(name)) {
      this.take('.');
      read = this.#made(this.take(), depth);
    } else read = this.#named(name, depth, (there) => there.#chain(depth + 1));
    for (this.take('.'); !this.takes('shape'); this.take('.')) read = this.#changed(read, this.take(), depth);
    return this.#shapeIn(read);
  }

  #shapeIn({ schema }: Read): Shape {
    const shape = shapeOf(schema);
    if (!shape) throw new Unreadable();
    return shape;
  }

  #changed(read: Read, name: string, depth: number): Read {
    this.take('(');
    const { schema, isOptional } = read;
    const isText = schema.type === 'string';
    const isList = schema.type === 'array';
    const ended = (change: SchemaFields): Read => {
      // A message of the author's may follow.
      if (this.takes(',') && this.word !== ')') this.literal();
      this.closes();
      return { schema: { ...schema, ...change }, isOptional };
    };
    const limit = (text: string, list: string, number: string): Read =>
      ended({ [isText ? text : isList ? list : number]: this.literal() });
    if (quiet.has(name)) {
      this.skipArguments();
      return read;
    }
    if (rules.has(name)) {
      this.skipArguments();
      this.#state.isWhole = false;
      return read;
    }
    switch (name) {
      case 'min':
      case 'gte':
        return limit('minLength', 'minItems', 'minimum');
      case 'max':
      case 'lte':
        return limit('maxLength', 'maxItems', 'maximum');
      case 'length': {
        const length = this.literal();
        return ended(
          isText ? { minLength: length, maxLength: length } : { minItems: length, maxItems: length },
        );
      }
      case 'nonempty':
        return ended({ [isText ? 'minLength' : 'minItems']: 1 });
      case 'gt':
        return ended({ exclusiveMinimum: this.literal() });
      case 'lt':
        return ended({ exclusiveMaximum: this.literal() });
      case 'positive':
        return ended({ exclusiveMinimum: 0 });
      case 'negative':
        return ended({ exclusiveMaximum: 0 });
      case 'nonnegative':
        return ended({ minimum: 0 });
      case 'nonpositive':
        return ended({ maximum: 0 });
      case 'multipleOf':
        return ended({ multipleOf: this.literal() });
      case 'int':
        return ended({ type: 'integer' });
      case 'url':
        return ended({ format: 'uri' });
      case 'email':
        return ended({ format: 'email' });
      case 'describe':
        return ended({ description: this.literal() });
      case 'default':
        return { ...ended({ default: this.literal() }), isOptional: true };
      case 'optional':
        return { ...ended({}), isOptional: true };
      case 'nullable':
        return { schema: nullable(ended({}).schema), isOptional };
      case 'nullish':
        return { schema: nullable(ended({}).schema), isOptional: true };
      default:
        return { schema: this.#changedObject(read, name, depth), isOptional };
    }
  }

  #changedObject(read: Read, name: string, depth: number): SchemaFields {
    const shape = this.#shapeIn(read);
    const { additionalProperties = false } = read.schema;
    const end = (after: Shape, extra: Json = additionalProperties): SchemaFields => {
      this.closes();
      const { required: _, ...others } = read.schema;
      return { ...others, ...objectSchema(after, extra) };
    };
    switch (name) {
      case 'strict':
      case 'strip':
        return end(shape, false);
      case 'loose':
      case 'passthrough':
        return end(shape, {});
      case 'catchall':
        return end(shape, this.schema(depth + 1).schema);
      case 'extend':
      case 'safeExtend':
        return end(joinShapes(shape, this.#shape(depth + 1)));
      case 'merge': {
        const other = this.schema(depth + 1);
        return end(joinShapes(shape, this.#shapeIn(other)), other.schema.additionalProperties ?? false);
      }
      case 'partial': {
        const isFree = this.#mask();
        return end(looseShape(shape, isFree));
      }
      case 'pick':
        return end(shapeWith(shape, this.#mask()));
      case 'omit': {
        const isGone = this.#mask();
        return end(shapeWith(shape, (field) => !isGone(field)));
      }
      default:
        throw new Unreadable();
    }
  }

  /** `{ a: true, b: true }`; without it all fields are meant. */
  #mask(): (name: string) => boolean {
    if (this.word === ')') return () => true;
    const mask = this.literal();
    if (typeof mask !== 'object' || mask === null || Array.isArray(mask)) throw new Unreadable();
    return (name) => Object.hasOwn(mask, name);
  }
}

/** A schema that may be null as well; what it says of itself stays outside. */
function nullable({ description, ...rest }: SchemaFields): SchemaFields {
  const plain = { anyOf: [rest, { type: 'null' }] };
  return description === undefined ? plain : { ...plain, description };
}
