import { expect, test } from 'vitest';
import { formatDocument } from './format-document.ts';
import { parseDocument } from './parse-document.ts';

const file = (asset: string) =>
  `{ "format": "headwater", "version": 3, "name": "p", "assets": [{ "id": "a", "kind": "external", "key": "a", "position": { "x": 0, "y": 0 }${asset} }] }`;

test('a key called __proto__ in metadata is a key like any other, and is written as it was read', () => {
  const parsed = parseDocument(
    file(`, "metadata": { "__proto__": { "admin": true }, "n": [{ "__proto__": 1 }] }`),
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const [asset] = parsed.value.assets.values();
  expect(Object.keys(asset?.metadata ?? {}).sort()).toEqual(['__proto__', 'n']);
  expect(Reflect.get({}, 'admin')).toBeUndefined();
  expect(Reflect.get(asset?.metadata ?? {}, 'admin')).toBeUndefined();
  const text = formatDocument(parsed.value);
  const again = parseDocument(text);
  if (!again.ok) throw new Error(JSON.stringify(again.error));
  expect(formatDocument(again.value)).toBe(text);
  expect(text.match(/"__proto__"/g)).toHaveLength(2);
});

test('elsewhere it is refused', () => {
  expect(parseDocument(file(', "__proto__": { "kind": "asset" }'))).toMatchObject({
    ok: false,
    error: [{ type: 'WrongShape', detail: 'a key is called “__proto__”' }],
  });
});

test('a file in which everything is wrong is refused like any other', () => {
  const text = `{ "format": "headwater", "version": 3, "name": "p", "assets": [${'0, '.repeat(190_000)}0] }`;
  expect(parseDocument(text).ok).toBe(false);
});
