import { expect, test } from 'vitest';
import { linkOf } from '#interop/share/share-link.ts';
import { openingOf } from './opening.ts';

const link = linkOf('', new Uint8Array([72, 87, 83, 1, 250]));

test.each([
  ['', 'app'],
  ['#/p/1/graph', 'app'],
  [link, 'app'],
  [`${link}?embed=1`, 'embed'],
  [`${link}?embed=0`, 'app'],
])('a page of its own at “%s” is the %s', (hash, opening) => {
  expect(openingOf(hash, false)).toBe(opening);
});

test.each([
  ['', 'refused'],
  ['#/p/1/graph', 'refused'],
  ['#/p/1/graph?embed=1', 'refused'],
  ['#/settings?embed=1', 'refused'],
  ['#/shared/?embed=1', 'refused'],
  ['#/shared/../p/1?embed=1', 'refused'],
  [link, 'refused'],
  [`${link}?embed=1`, 'embed'],
  [`${link}?x=1&embed=1`, 'embed'],
])('inside another page “%s” is %s', (hash, opening) => {
  expect(openingOf(hash, true)).toBe(opening);
});
