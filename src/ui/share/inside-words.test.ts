import { expect, it } from 'vitest';
import { graph } from '#model/graph-builder.ts';
import { insideWords } from './inside-words.ts';
import { linkWords } from './link-words.ts';

const bytes = new Uint8Array(1200);

it('says of definitions alone what they are, and that nothing else is inside', () => {
  const document = graph().asset('orders', '() => 1').asset('totals', '() => 1').document();
  expect(insideWords(document, { documentText: '' })).toEqual({
    inside: ['2 assets, with code and settings'],
    outside: ['secrets', 'runs', 'logs', 'values', 'results'],
  });
});

it('says how much of values and results is inside, and which environment values are only named', () => {
  const document = graph()
    .asset('orders', '() => 1', { config: { token: { env: 'API_KEY' } } })
    .document();
  const result = {
    key: 'orders',
    timestamp: 1,
    durationMs: 1,
    codeVersion: '',
    dataVersion: '',
    metadata: {},
  };
  expect(
    insideWords(document, {
      documentText: '',
      values: [{ key: 'orders', isSample: true, bytes }],
      results: [result],
    }),
  ).toEqual({
    inside: [
      '1 asset, with code and settings',
      '1 value, first rows only, 1.2 KB',
      'Results of 1 asset: when, how large, metadata',
      'Names of environment values: API_KEY',
    ],
    outside: ['the environment values themselves', 'runs', 'logs'],
  });
});

it('says how far a link comes, and refuses what no browser opens', () => {
  expect(linkWords(900)).toEqual({ text: '900 characters: short enough for any message.', canSend: true });
  expect(linkWords(20_000).text).toMatch(/^20,000 characters\. Some chat programs/);
  expect(linkWords(90_000).text).toMatch(/better send a picture/);
  expect(linkWords(3_000_000).canSend).toBe(false);
});
