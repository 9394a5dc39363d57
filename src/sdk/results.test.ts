import { expect, test } from 'vitest';
import { AssetMaterialization, MaterializeResult, Output } from './results.ts';

test('tags of events obey the rules of tags', () => {
  expect(() => new Output(1, { tags: { note: 'two words' } })).toThrow('the value of “note”');
  expect(() => new MaterializeResult({ tags: { 'a key': 'x' } })).toThrow('“a key” is not a valid tag name');
  expect(() => new AssetMaterialization({ assetKey: 'a', tags: { k: 'x'.repeat(64) } })).toThrow(
    'the value of “k”',
  );
  expect(new Output(1, { tags: { 'my.org/level': 'gold' } }).tags).toEqual({ 'my.org/level': 'gold' });
});
