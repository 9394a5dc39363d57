import { expect, test } from 'vitest';
import { graph } from '#model/graph-builder.ts';
import { searchAssets } from './search-assets.ts';

const project = graph()
  .asset('daily_weather', '() => 1', { group: 'weather', description: 'One row for each day in Seattle.' })
  .asset('weather', '() => 1', { kinds: ['duckdb'] })
  .asset('report', '() => 1', { tags: { owner: 'ops', tier: 'gold' } })
  .external('raw/stations')
  .document();
const keys = (text: string) => searchAssets(project, text, 10).map(({ asset }) => asset.key);

test('names come first: whole, then their beginning, then the beginning of a part', () => {
  expect(keys('weather')).toEqual(['weather', 'daily_weather']);
  expect(keys('stat')).toEqual(['raw/stations']);
});

test('group, tag, kind and description are searched too, and said', () => {
  expect(searchAssets(project, 'gold', 10)[0]).toMatchObject({ where: 'tag tier: gold' });
  expect(searchAssets(project, 'duckdb', 10)[0]).toMatchObject({ where: 'kind duckdb' });
  expect(searchAssets(project, 'seattle', 10)[0]?.asset.key).toBe('daily_weather');
  expect(keys('external')).toEqual(['raw/stations']);
});

test('every word must be found', () => {
  expect(keys('weather seattle')).toEqual(['daily_weather']);
  expect(keys('weather nowhere')).toEqual([]);
  expect(keys('  ')).toEqual([]);
});
