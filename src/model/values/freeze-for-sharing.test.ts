import { describe, expect, it } from 'vitest';
import { freezeForSharing } from './freeze-for-sharing.ts';

describe('freezeForSharing', () => {
  it('freezes plain objects and arrays all the way down and says they may be shared', () => {
    const value = { a: [{ b: [1, 'x', null] }], c: Object.assign(Object.create(null), { d: {} }) };
    expect(freezeForSharing(value)).toBe(true);
    for (const part of [value, value.a, value.a[0], value.a[0]!.b, value.c, value.c.d]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it('shares primitives', () => {
    for (const value of [1, 'x', null, undefined, 1n, true]) expect(freezeForSharing(value)).toBe(true);
  });

  it('does not share what stays mutable', () => {
    for (const part of [
      new Map(),
      new Set(),
      new Date(),
      /a/,
      new Error(),
      new Uint8Array(1),
      new ArrayBuffer(1),
      () => 1,
    ]) {
      expect(freezeForSharing(part)).toBe(false);
      expect(freezeForSharing([[{ part }]])).toBe(false);
    }
  });

  it('reaches parts below what came frozen', () => {
    const inner = { x: 1 };
    expect(freezeForSharing(Object.freeze([Object.freeze({ inner })]))).toBe(true);
    expect(Object.isFrozen(inner)).toBe(true);
    expect(freezeForSharing(Object.freeze([Object.freeze({ inner: new Map() })]))).toBe(false);
  });

  it('ends on cycles, parts shared a million ways, great depth and sparse arrays', () => {
    const cycle: unknown[] = [];
    cycle.push({ cycle });
    expect(freezeForSharing(cycle)).toBe(true);
    let shared: unknown = {};
    for (let i = 0; i < 50; i++) shared = [shared, shared];
    expect(freezeForSharing(shared)).toBe(true);
    let deep: unknown = {};
    for (let i = 0; i < 100_000; i++) deep = { deep };
    expect(freezeForSharing(deep)).toBe(true);
    const sparse: unknown[] = [];
    sparse[4_000_000_000] = new Map();
    expect(freezeForSharing(sparse)).toBe(false);
  });
});
