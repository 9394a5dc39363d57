import { expect, test } from 'vitest';
import { applySplice, spliceAddingInput, spliceRemovingInput, spliceRenamingInput } from './body-edit.ts';
import { readBodyHead } from './body-head.ts';

const names = (body: string) => {
  const head = readBodyHead(body);
  return head.ok
    ? head.value.inputs.map(({ name, local }) => (name === local ? name : `${name}:${local}`))
    : head.error.message;
};

test.each([
  ['export default function f() {}', []],
  ['export default async function* f({ a, b }) {}', ['a', 'b']],
  [
    "import type { Inputs, Context } from '#types/f';\nexport default async function f({ a }: Inputs, context: Context) {}",
    ['a'],
  ],
  ['export default ({ a, b: c = [1, { x: "}" }] }: { a: number }) => a', ['a', 'b:c']],
  ['export default async ({ a, }) => a', ['a']],
  ['export default function <T>({ a }: { a: T }) {}', ['a']],
  ['export default ({ "raw-x": x }) => x', ['raw-x:x']],
  ['export default (_unused, context) => 1', []],
  ['// export default ({ z }) => z\nexport default ({ a /* , b */ }) => a', ['a']],
  ['export default ({ a: { b } }) => b', ['a:']],
])('the inputs of %j are read off its head', (body, expected) => {
  expect(names(body)).toEqual(expected);
});

test.each([
  ['export default (inputs) => 1', 'object pattern'],
  ['export default ({ ...rest }) => 1', 'Rest elements'],
  ['export default ({ [key]: x }) => 1', 'Computed keys'],
  ['const x = 1;', 'no default export'],
  ['export default 5', 'must be a function'],
  ['export default ({ a, a }) => 1', 'twice'],
])('%j is refused in words', (body, words) => {
  expect(names(body)).toContain(words);
});

test('an error further down does not hide the inputs', () => {
  expect(names('export default function f({ a }) { return ((( ')).toEqual(['a']);
});

test.each([
  ['export default () => 1', 'export default ({ x }) => 1'],
  ['export default function f( ) {}', 'export default function f({ x } ) {}'],
  ['export default ({}) => 1', 'export default ({ x }) => 1'],
  ['export default ({ a }) => 1', 'export default ({ a, x }) => 1'],
  ['export default ({\n  a,\n  b = 1,\n}) => 1', 'export default ({\n  a,\n  b = 1, x,\n}) => 1'],
  ['export default (_none, context) => 1', 'export default ({ x }, context) => 1'],
])('adding an input to %j is a small splice', (body, expected) => {
  expect(applySplice(body, spliceAddingInput(body, 'x')!)).toBe(expected);
});

test('removing and renaming an input leave the rest as it is', () => {
  const body = 'export default ({ a, b = 2, c: d }) => a';
  expect(applySplice(body, spliceRemovingInput(body, 'b')!)).toBe('export default ({ a, c: d }) => a');
  expect(applySplice(body, spliceRemovingInput(body, 'c')!)).toBe('export default ({ a, b = 2 }) => a');
  expect(applySplice(body, spliceRenamingInput(body, 'b', 'z')!)).toBe(
    'export default ({ a, z: b = 2, c: d }) => a',
  );
  expect(applySplice(body, spliceRenamingInput(body, 'c', 'z')!)).toBe(
    'export default ({ a, b = 2, z: d }) => a',
  );
});
