import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalRange } from './canonical-range.ts';
import { decodeValue } from './decode-value.ts';
import { describeValue } from './describe-value.ts';
import { encodeValue } from './encode-value.ts';

const HOLE = Symbol('hole');

const key = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('id', 'name', 'b', 'a', 'é') },
  fc.constantFrom('__proto__', 'constructor', 'toString', '10', '9', '00', '4294967295', '', '\ud800'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    'a',
    'b',
    '\ufeffbom',
    '\udc00\ud800',
    '😀',
    'x'.repeat(63),
    'x'.repeat(64),
    'é'.repeat(50),
  ),
);
const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(
    0,
    -0,
    Number.NaN,
    Infinity,
    -Infinity,
    63,
    64,
    127,
    128,
    -128,
    -129,
    32_768,
    2 ** 31,
    -(2 ** 31),
  ),
);
const leaf = fc.oneof(
  fc.constantFrom(undefined, null, true, false),
  number,
  text,
  fc.bigInt(),
  fc.date({ noInvalidDate: false }),
  fc.constantFrom(/a(b)?/gi, /\//u, /(?:)/),
  fc.uint8Array({ maxLength: 5 }),
  fc.float64Array({ maxLength: 4 }),
  fc.uint8Array({ maxLength: 5 }).map((bytes) => bytes.slice().buffer),
  fc.constantFrom(new DataView(new ArrayBuffer(3)), new BigInt64Array([1n, -1n])),
);

function shapedRows(cell: fc.Arbitrary<unknown>) {
  const columnCell = fc.constantFrom<fc.Arbitrary<unknown>>(
    fc.boolean(),
    fc.integer({ min: -100, max: 100 }),
    fc.integer(),
    number,
    text,
    fc.constantFrom('red', 'green'),
    fc.date({ noInvalidDate: false }),
    fc.option(text),
    fc.constantFrom(1, null, undefined),
    fc.constantFrom(null, undefined),
    cell,
  );
  return fc
    .tuple(fc.uniqueArray(key, { minLength: 1, maxLength: 4 }), fc.constantFrom(1, 2, 16, 21))
    .chain(([keys, rows]) =>
      fc
        .tuple(
          fc.tuple(
            ...keys.map(() => columnCell.chain((c) => fc.array(c, { minLength: rows, maxLength: rows }))),
          ),
          fc.array(fc.boolean(), { minLength: rows, maxLength: rows }),
        )
        .map(([columns, turned]) =>
          turned.map((turn, row) => {
            const entries = keys.map((k, i) => [k, columns[i]![row]] as const);
            return record(turn && row > 0 ? entries.toReversed() : entries);
          }),
        ),
    );
}

function record(
  entries: Iterable<readonly [string, unknown]>,
  prototype: object | null = Object.prototype,
): object {
  const object = Object.create(prototype);
  for (const [k, value] of entries) {
    Object.defineProperty(object, k, { value, enumerable: true, writable: true, configurable: true });
  }
  return object;
}

function makeError(message: string, cause: unknown): Error {
  return new TypeError(message, { cause });
}

const storable = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.array(fc.option(tie('value'), { nil: HOLE }), { maxLength: 5 }).map(withHoles),
    fc
      .oneof(fc.array(number), fc.array(text), fc.array(fc.constant(undefined)))
      .map((items) => items.flatMap((i) => [i, i, i])),
    fc.uniqueArray(fc.tuple(key, tie('value')), { maxLength: 5, selector: ([k]) => k }).map((e) => record(e)),
    fc
      .uniqueArray(fc.tuple(key, tie('value')), { maxLength: 3, selector: ([k]) => k })
      .map((e) => record(e, null)),
    fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 3 }).map((entries) => new Map(entries)),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => new Set(items)),
    fc.tuple(text, tie('value')).map(([message, cause]) => makeError(message, cause)),
    shapedRows(tie('value')),
  ),
})).value;

function withHoles(items: readonly unknown[]): unknown[] {
  const array: unknown[] = [];
  array.length = items.length;
  items.forEach((item, i) => {
    if (item !== HOLE) array[i] = item;
  });
  return array;
}

/** Everything that can be told apart by looking, as text; key order too unless `sorted`. */
function picture(value: unknown, sorted: boolean): string {
  const show = (part: unknown) => picture(part, sorted);
  const units = (t: string) => JSON.stringify([...Array(t.length).keys()].map((i) => t.charCodeAt(i)).join());
  if (typeof value === 'string') return `text ${units(value)}`;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  const name = Object.prototype.toString.call(value);
  const prototype = Object.getPrototypeOf(value)?.constructor.name;
  const head = `${name}:${prototype}`;
  if (value instanceof Date) return `${head}${value.getTime()}`;
  if (value instanceof RegExp) return `${head}${value}${value.lastIndex}`;
  if (value instanceof Error) return `${head}${units(value.message)}${show(value.cause)}`;
  if (value instanceof Map) return `${head}{${[...value].map(([k, v]) => `${show(k)}=>${show(v)}`)}}`;
  if (value instanceof Set) return `${head}{${[...value].map(show)}}`;
  if (value instanceof ArrayBuffer) return `${head}${new Uint8Array(value)}`;
  if (ArrayBuffer.isView(value)) {
    return value instanceof DataView
      ? `${head}${value.byteLength}`
      : `${head}${[...(value as Float64Array)].map((v) => show(v))}`;
  }
  const keys = Object.getOwnPropertyNames(value);
  if (sorted) keys.sort();
  const parts = keys.map((k) => {
    const property = Object.getOwnPropertyDescriptor(value, k)!;
    return `${units(k)}${property.writable}${property.enumerable}:${show(property.value)}`;
  });
  return `${head}{${parts}}`;
}

/** A copy in which objects list their keys backwards and nothing is shared. */
function turned(value: unknown): unknown {
  if (Array.isArray(value))
    return withHoles([...value.keys()].map((i) => (i in value ? turned(value[i]) : HOLE)));
  if (value instanceof Map) return new Map([...value].map(([k, v]) => [turned(k), turned(v)]));
  if (value instanceof Set) return new Set([...value].map(turned));
  if (value instanceof Error) return makeError(value.message, turned(value.cause));
  if (typeof value !== 'object' || value === null) return value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const entries = Object.getOwnPropertyNames(value).map(
    (k) => [k, turned(Object.getOwnPropertyDescriptor(value, k)!.value)] as const,
  );
  return record(entries.toReversed(), prototype);
}

function encoded(value: unknown): Uint8Array<ArrayBuffer> {
  const result = encodeValue(value);
  if (!result.ok) throw new Error(`${result.error.path} ${result.error.reason}`);
  return result.value;
}

function canonical(value: unknown): string {
  const bytes = encoded(value);
  return Buffer.from(bytes.subarray(...canonicalRange(bytes))).toString('hex');
}

const runs = { numRuns: 400 };

describe('encodeValue and decodeValue', () => {
  it('give every storable value back exactly, key order, holes and lone surrogates included', () => {
    fc.assert(
      fc.property(storable, (value) => {
        expect(picture(decodeValue(encoded(value)), false)).toBe(picture(value, false));
      }),
      runs,
    );
  });

  it('give tables back exactly, also when rows differ in key order', () => {
    fc.assert(
      fc.property(shapedRows(leaf), (rows) => {
        expect(picture(decodeValue(encoded(rows)), false)).toBe(picture(rows, false));
      }),
      runs,
    );
  });

  it('encode what was decoded to the very same bytes', () => {
    fc.assert(
      fc.property(storable, (value) => {
        const bytes = encoded(value);
        expect(encoded(decodeValue(bytes))).toEqual(bytes);
      }),
      runs,
    );
  });

  it('give a fresh, unfrozen value each time', () => {
    const bytes = encoded(Object.freeze([Object.freeze({ a: Object.freeze([1]) })]));
    const first = decodeValue(bytes) as { a: number[] }[];
    first[0]!.a.push(2);
    first.push({ a: [] });
    expect(decodeValue(bytes)).toEqual([{ a: [1] }]);
  });

  it('keep objects of many keys, in order', () => {
    const entries = Array.from(
      { length: 300 },
      (_, i) => [`key ${(i * 7) % 300}`, { i, nested: [i] }] as const,
    );
    const value = { many: record(entries), none: record(entries, null), 3: 1, 1: 2 };
    expect(picture(decodeValue(encoded(value)), false)).toBe(picture(value, false));
    expect(canonical(value)).toBe(canonical(turned(value)));
  });

  it('keep long texts in every form, in cells and alone', () => {
    for (const unit of ['a', 'é', '日', '😀', '\ud800']) {
      const long = unit.repeat(700_000);
      const rows = Array.from({ length: 40_000 }, (_, i) => ({ t: unit + String(i) }));
      rows[3]!.t = long;
      const back = decodeValue(encoded({ long, rows })) as { long: string; rows: { t: string }[] };
      expect(back.long === long).toBe(true);
      expect(back.rows.every((row, i) => row.t === rows[i]!.t)).toBe(true);
    }
  });

  it('keep sparse arrays without making what is missing', () => {
    const sparse: unknown[] = [1];
    sparse[5_000_000] = { a: 1 };
    sparse.length = 4_294_967_295;
    const back = decodeValue(encoded(sparse)) as unknown[];
    expect(back.length).toBe(4_294_967_295);
    expect(Object.keys(back)).toEqual(['0', '5000000']);
    expect(describeValue(encoded(sparse))).toEqual({ kind: 'array', count: 4_294_967_295 });
  });

  it('reach the depth limit without a stack overflow, and name it beyond', () => {
    const nest = (depth: number, wrap: (inner: unknown) => unknown) => {
      let value: unknown = 1;
      for (let i = 0; i < depth; i++) value = wrap(value);
      return value;
    };
    for (const wrap of [(v: unknown) => [v], (v: unknown) => ({ a: v }), (v: unknown) => new Map([[1, v]])]) {
      let back = decodeValue(encoded(nest(5000, wrap)));
      let depth = 0;
      for (; typeof back === 'object'; depth++) {
        back = back instanceof Map ? back.get(1) : (Object.values(back as object)[0] as unknown);
      }
      expect(depth).toBe(5000);
      const refused = encodeValue(nest(200_000, wrap));
      expect(refused).toMatchObject({ ok: false, error: { reason: 'is nested more than 5000 levels deep' } });
      expect(refused.ok || refused.error.path.length).toBeLessThan(420);
    }
  });

  it('keep errors: class, message, cause, and the errors of an AggregateError', () => {
    const value = new AggregateError([new RangeError('r'), 1], 'all', { cause: { a: [1] } });
    const back = decodeValue(encoded(value)) as AggregateError;
    expect(back).toBeInstanceOf(AggregateError);
    expect(back.message).toBe('all');
    expect(back.cause).toEqual({ a: [1] });
    expect(back.errors[0]).toBeInstanceOf(RangeError);
    expect(back.stack).toBe('AggregateError: all');
    expect(Object.hasOwn(decodeValue(encoded(new Error())) as object, 'message')).toBe(false);
  });

  it('leave Object.prototype alone when keys are called __proto__', () => {
    const rows = Array.from({ length: 20 }, () => JSON.parse('{"__proto__":{"polluted":1},"constructor":2}'));
    const back = decodeValue(encoded(rows)) as object[];
    expect(Object.hasOwn(back[19]!, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(back[19])).toBe(Object.prototype);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('the canonical region', () => {
  it('is the same whatever the order of keys and whatever is shared', () => {
    fc.assert(
      fc.property(storable, (value) => {
        expect(canonical([value, value])).toBe(canonical([turned(value), value]));
      }),
      runs,
    );
  });

  it('differs when values differ', () => {
    fc.assert(
      fc.property(storable, storable, (a, b) => {
        const equal = picture(a, true) === picture(b, true);
        expect(canonical(a) === canonical(b)).toBe(equal);
      }),
      runs,
    );
  });

  it('tells 0 from -0, null from undefined from missing, and one order of a map from another', () => {
    const different = [
      [{ a: 0 }],
      [{ a: -0 }],
      [{ a: null }],
      [{ a: undefined }],
      [{}],
      new Map([
        [1, 1],
        [2, 2],
      ]),
      new Map([
        [2, 2],
        [1, 1],
      ]),
      new Set([1, 2]),
      [1, 2],
      ['1', 2],
      { 0: 1, 1: 2 },
    ];
    expect(new Set(different.map(canonical)).size).toBe(different.length);
  });

  it('is all there is when objects show their keys in canonical order', () => {
    const value = {
      9: 1,
      10: 2,
      B: [{ a: 1, b: 2 }],
      a: Array.from({ length: 20 }, () => ({ 2: 1, x: 1, y: { p: 1, q: 2 } })),
    };
    const bytes = encoded(value);
    expect(canonicalRange(bytes)).toEqual([4, bytes.length]);
    expect(canonicalRange(encoded({ b: 1, a: 2 }))[1]).toBeLessThan(encoded({ b: 1, a: 2 }).length);
  });

  it('is the same for all NaNs', () => {
    const odd = new Float64Array(new BigUint64Array([0xfff8000000000001n]).buffer);
    expect(canonical([odd, odd[0]])).toBe(canonical([new Float64Array([Number.NaN]), Number.NaN]));
  });

  it('does not depend on values encoded before', () => {
    const value = {
      b: { d: 1, c: 2 },
      a: [
        { d: 1, c: 2 },
        { c: 3, d: 4 },
      ],
    };
    const before = encoded(value);
    encoded({ c: 1, d: 2 });
    encoded({ d: 1, c: 2, b: 3 });
    expect(encoded(value)).toEqual(before);
  });
});
