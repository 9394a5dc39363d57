import { expect, test } from 'vitest';
import { graph } from '#model/graph-builder.ts';
import { hashOfCopy, isOwnCopy, rememberCopy } from './own-copies.ts';

function memoryPreferences() {
  const values = new Map<string, string>();
  return {
    values,
    read: (name: string) => values.get(name),
    write: (name: string, value: string) => void values.set(name, value),
  };
}

const fragment = (value: number) => graph().asset('a', `() => ${value}`).document();

test('what was copied here is known again, and nothing else', async () => {
  const preferences = memoryPreferences();
  await rememberCopy(preferences, fragment(1));
  expect(isOwnCopy(preferences, await hashOfCopy(fragment(1)))).toBe(true);
  // The same text with another body is another text.
  expect(isOwnCopy(preferences, await hashOfCopy(fragment(2)))).toBe(false);
});

test('only the newest 200 are known', async () => {
  const preferences = memoryPreferences();
  for (let value = 0; value < 202; value += 1) await rememberCopy(preferences, fragment(value));
  expect(isOwnCopy(preferences, await hashOfCopy(fragment(1)))).toBe(false);
  expect(isOwnCopy(preferences, await hashOfCopy(fragment(2)))).toBe(true);
  expect(isOwnCopy(preferences, await hashOfCopy(fragment(201)))).toBe(true);
});

test('what is stored but was not written by this app makes nothing known', () => {
  const preferences = memoryPreferences();
  preferences.values.set('own-copies', '["x"] undefined  ');
  for (const hash of ['', 'undefined', '["x"]']) expect(isOwnCopy(preferences, hash)).toBe(false);
});
