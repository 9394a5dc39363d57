import { expect, it } from 'vitest';
import { exactJson } from './exact-json.ts';

it('gives back what JSON says exactly, and nothing else', () => {
  const rows = [{ a: 1, b: null, c: ['x', true] }, {}];
  expect(exactJson(rows)).toEqual(rows);
  for (const odd of [
    undefined,
    Number.NaN,
    -0,
    1n,
    new Date(0),
    new Map(),
    [undefined],
    new Array(1),
    { a: undefined },
    new Float64Array(1),
    JSON.parse('{"__proto__":1}'),
  ])
    expect(exactJson([odd])).toBeUndefined();
  const endless: unknown[] = [];
  endless.push(endless);
  expect(exactJson(endless)).toBeUndefined();
});
