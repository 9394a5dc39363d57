import { describe, expect, it } from 'vitest';
import { encodeValue } from './encode-value.ts';

function refusal(value: unknown): string {
  const result = encodeValue(value);
  return result.ok ? 'stored' : `${result.error.path} ${result.error.reason}`;
}

class Order {
  id = 1;
}
class Bytes extends Uint8Array {}

const withProperty = <T extends object>(object: T, key: PropertyKey, property: PropertyDescriptor): T =>
  Object.defineProperty(object, key, property);
const cycle: { self?: unknown } = {};
cycle.self = { again: [cycle] };
const rowCycle: { id: number; rows?: unknown }[] = Array.from({ length: 20 }, (_, id) => ({ id }));
for (const row of rowCycle) row.rows = row.id === 7 ? { up: row } : null;
const tableCycle: { id: number; all: unknown }[] = [];
for (let id = 0; id < 20; id++) tableCycle.push({ id, all: id === 3 ? tableCycle : 0 });
const rows = (change: (row: Record<string, unknown>) => unknown) =>
  Array.from({ length: 20 }, (_, id) => (id === 12 ? change({ id, name: 'n' }) : { id, name: 'n' }));
const thrower = new Proxy(
  { a: 1 },
  {
    getOwnPropertyDescriptor: () => {
      throw null;
    },
  },
);
const revoked = Proxy.revocable({}, {});
revoked.revoke();
const moved = new ArrayBuffer(8);
structuredClone(moved, { transfer: [moved] });

describe('encodeValue refuses, with the path,', () => {
  it.each<[string, unknown, string]>([
    ['a function', [1, { load: () => 1 }], 'value[1].load a function cannot be stored'],
    ['a class', class {}, 'value a function cannot be stored'],
    ['a symbol', { a: [Symbol('s')] }, 'value.a[0] a symbol cannot be stored'],
    [
      'a symbol as key',
      { a: { [Symbol('s')]: 1 } },
      'value.a has a property whose key is a symbol, Symbol(s)',
    ],
    ['a class instance', { o: new Order() }, 'value.o is an instance of class Order, which cannot be stored'],
    ['a promise', { p: Promise.resolve(1) }, 'value.p is a promise: await it before it is returned'],
    ['a WeakMap', new WeakMap(), 'value is an instance of class WeakMap, which cannot be stored'],
    ['a boxed number', [Object(1)], 'value[0] is an instance of class Number, which cannot be stored'],
    ['a boxed text', [Object('a')], 'value[0] is an instance of class String, which cannot be stored'],
    ['a subclass of Uint8Array', new Bytes(2), 'value is an instance of class Bytes, which cannot be stored'],
    [
      'a subclass of Array',
      new (class List extends Array {})(),
      'value is an instance of class List, which cannot be stored',
    ],
    [
      'a getter',
      {
        x: {
          get a() {
            throw new Error('called');
          },
        },
      },
      'value.x.a is a getter or setter',
    ],
    ['a setter', [{ set a(_: unknown) {} }], 'value[0].a is a getter or setter'],
    [
      'a hidden property',
      [withProperty({}, 'h', { value: 1 })],
      'value[0].h is a hidden (non-enumerable) property',
    ],
    ['a property of an array', 'abc'.match(/b/), 'value.index is a property besides the items of an array'],
    ['a getter as item', [withProperty([1, 2], 1, { get: () => 1 })], 'value[0][1] is a getter or setter'],
    [
      'a property of a map',
      Object.assign(new Map(), { x: 1 }),
      'value.x is a property added to a built-in object',
    ],
    [
      'a property of a date',
      [Object.assign(new Date(0), { x: 1 })],
      'value[0].x is a property added to a built-in object',
    ],
    [
      'a property of bytes',
      Object.assign(new Uint8Array(2), { x: 1 }),
      'value.x is a property added to a built-in object',
    ],
    [
      'a property of an error',
      Object.assign(new Error('e'), { code: 1 }),
      'value.code is a property added to a built-in object',
    ],
    ['a cycle', cycle, 'value.self.again[0] refers back to itself'],
    ['a row that holds itself', rowCycle, 'value[7].rows.up refers back to itself'],
    ['a table that holds itself', tableCycle, 'value[3].all refers back to itself'],
    ['a Proxy that throws', { p: thrower }, 'value.p throws an error when it is read'],
    ['a revoked Proxy', [revoked.proxy], 'value[0] throws an error when it is read'],
    ['a buffer that moved', { b: moved }, 'value.b is a buffer that was transferred away'],
    [
      'shared memory',
      new Uint8Array(new SharedArrayBuffer(4)),
      'value is shared memory, which cannot be stored',
    ],
    ['a look-alike date', Object.create(Date.prototype), 'value throws an error when it is read'],
    [
      'an odd lastIndex',
      withProperty(/a/, 'lastIndex', { value: 'x' }),
      'value.lastIndex is not a position in a text',
    ],
    ['a map key', new Map([[{ f: () => 1 }, 1]]), 'value<key 0>.f a function cannot be stored'],
    ['a map value', new Map([[1, [() => 1]]]), 'value<value 0>[0] a function cannot be stored'],
    ['an item of a set', new Set([1, () => 1]), 'value<item 1> a function cannot be stored'],
    ['a cause', new Error('e', { cause: { f() {} } }), 'value.cause.f a function cannot be stored'],
    ['an odd key', { 'a b': { '"': () => 1 } }, 'value["a b"]["\\""] a function cannot be stored'],
    ['what follows holes', new Array(2).concat([() => 1]), 'value[2] a function cannot be stored'],
    [
      'a function in a row',
      rows((row) => ({ ...row, name: () => 1 })),
      'value[12].name a function cannot be stored',
    ],
    [
      'a getter in a row',
      rows((row) => withProperty(row, 'name', { get: () => 1 })),
      'value[12].name is a getter or setter',
    ],
    [
      'a hidden property in a row',
      rows((row) => withProperty(row, 'name', { enumerable: false })),
      'value[12].name is a hidden (non-enumerable) property',
    ],
    [
      'a symbol key in a row',
      rows((row) => ({ ...row, [Symbol.iterator]: 1 })),
      'value[12] has a property whose key is a symbol, Symbol(Symbol.iterator)',
    ],
    [
      'an instance among rows',
      rows((row) => Object.assign(new Order(), row)),
      'value[12] is an instance of class Order, which cannot be stored',
    ],
  ])('%s', (_, value, expected) => {
    expect(refusal(value)).toBe(expected);
  });

  it('a property of an array of any length', () => {
    const long = Object.assign(new Array(50_000).fill(1), { columns: ['a'] });
    expect(refusal({ long })).toBe('value.long.columns is a property besides the items of an array');
    const withGetter = withProperty(new Array(50_000).fill(1), 49_999, { get: () => 1 });
    expect(refusal(withGetter)).toBe('value[49999] is a getter or setter');
    const withSetter = withProperty(new Array(50_000).fill(1), 2, { set: () => {}, enumerable: true });
    expect(refusal(withSetter)).toBe('value[2] is a getter or setter');
  });

  it('a value that takes too many bytes', () => {
    const value = { a: [new Uint8Array(1.6 * 2 ** 30)] };
    expect(refusal(value)).toBe('value.a[0] is too large: a value takes at most 1.5 GB');
  });

  it('without touching getters or altering the value', () => {
    let calls = 0;
    const value = {
      get a() {
        return ++calls;
      },
      b: Object.freeze([1]),
    };
    refusal(value);
    expect(calls).toBe(0);
    expect(Object.isFrozen(value)).toBe(false);
  });

  it('and goes on to encode the next value as if nothing had been', () => {
    const value = { b: [1, { c: 2 }], a: 'x' };
    const before = encodeValue(value);
    refusal({ a: { b: [() => 1] } });
    expect(encodeValue(value)).toEqual(before);
  });

  it('nothing when a Proxy encodes another value while it is read', () => {
    const inner: unknown[] = [];
    const value = new Proxy(
      { a: 1 },
      {
        ownKeys: (target) => {
          inner.push(encodeValue({ b: 2 }));
          return Reflect.ownKeys(target);
        },
      },
    );
    expect(encodeValue([value])).toEqual(encodeValue([{ a: 1 }]));
    expect(inner[0]).toEqual(encodeValue({ b: 2 }));
  });
});
