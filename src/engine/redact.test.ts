import { expect, test } from 'vitest';
import { createRedactor } from './redact.ts';

test('secrets are hidden at any depth, in keys too, and bytes are left alone', () => {
  const redact = createRedactor(['token-1', 'token-12']);
  const bytes = new Uint8Array([1]);
  expect(
    redact({ message: 'with token-12!', list: [{ 'token-1': 'a token-1 b' }], count: 3, bytes, none: null }),
  ).toEqual({ message: 'with ••••!', list: [{ '••••': 'a •••• b' }], count: 3, bytes, none: null });
});

test('a short secret is hidden only where it stands alone', () => {
  const redact = createRedactor(['a1']);
  expect(redact(['a1', 'gra1n'])).toEqual(['••••', 'gra1n']);
});

test('without secrets everything stays the very same', () => {
  const said = { message: 'x' };
  expect(createRedactor([])(said)).toBe(said);
});
