import { expect, test } from 'vitest';
import { asProjectId } from '#model/ids.ts';
import { distrustContent, trustContent, trustedContent, trustedContents } from './trust.ts';

const hashOf = (number: number) => number.toString(16).padStart(64, '0');

function memoryPreferences() {
  const values = new Map<string, string>();
  return {
    values,
    read: (name: string) => values.get(name),
    write: (name: string, value: string) => void values.set(name, value),
  };
}

test('trust is given to a content by its hash, remembered with its project, and taken back', () => {
  const preferences = memoryPreferences();
  const entry = { hash: hashOf(1), name: 'Sales', at: 5, projectId: asProjectId('p') };
  trustContent(preferences, entry);
  expect(trustedContent(preferences, hashOf(1))).toEqual(entry);
  expect(trustedContent(preferences, hashOf(2))).toBeUndefined();
  distrustContent(preferences, hashOf(1));
  expect(trustedContents(preferences)).toEqual([]);
});

test('a content that is trusted again stands once, as the newest', () => {
  const preferences = memoryPreferences();
  trustContent(preferences, { hash: hashOf(1), name: 'A', at: 1 });
  trustContent(preferences, { hash: hashOf(2), name: 'B', at: 2 });
  trustContent(preferences, { hash: hashOf(1), name: 'A', at: 3 });
  expect(trustedContents(preferences).map(({ name, at }) => [name, at])).toEqual([
    ['A', 3],
    ['B', 2],
  ]);
});

test('only the newest 500 are remembered', () => {
  const preferences = memoryPreferences();
  for (let at = 0; at < 503; at += 1) trustContent(preferences, { hash: hashOf(at), name: 'x', at });
  expect(trustedContents(preferences)).toHaveLength(500);
  expect(trustedContent(preferences, hashOf(2))).toBeUndefined();
  expect(trustedContent(preferences, hashOf(3))).toBeDefined();
});

test.each([
  'no json',
  '{"hash":1}',
  '[null, 1, {"hash":"zz","name":"x","at":1}, {"hash":"__proto__","name":"x","at":1}]',
])('what is stored but was not written by this app trusts nothing: %s', (text) => {
  const preferences = memoryPreferences();
  preferences.values.set('trusted-contents', text);
  expect(trustedContents(preferences)).toEqual([]);
});
