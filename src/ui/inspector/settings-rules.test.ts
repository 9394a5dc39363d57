import { describe, expect, it } from 'vitest';
import type { Asset } from '#model/document.ts';
import { asAssetId } from '#model/ids.ts';
import {
  changeProblem,
  depsProblem,
  formatTags,
  parseMetadata,
  parseNumber,
  parseTags,
  tidyRetryPolicy,
} from './settings-rules.ts';

const asset: Asset = {
  id: asAssetId('a'),
  kind: 'asset',
  key: 'orders',
  position: { x: 0, y: 0 },
  body: 'export default function orders() {}',
};

describe('settings', () => {
  it('say in a sentence what the model refuses', () => {
    expect(changeProblem(asset, { group: 'two words' })).toBe(
      '“two words” can use letters, digits, “_” and “/” only.',
    );
    expect(changeProblem(asset, { owners: ['nobody'] })).toMatch(/e-mail/);
    expect(changeProblem(asset, { group: 'raw', owners: ['team:data', 'a@b.org'] })).toBeUndefined();
    expect(changeProblem(asset, { group: null })).toBeUndefined();
  });

  it('blame a field only for what is wrong with it', () => {
    const bad = { ...asset, group: 'two words' };
    expect(changeProblem(bad, { owners: ['team:data'] })).toBeUndefined();
  });

  it('refuse an asset that waits for itself', () => {
    expect(depsProblem(asset, ['orders'])).toMatch(/itself/);
    expect(depsProblem(asset, ['customers', 'not a key'])).toMatch(/not a key/);
    expect(depsProblem(asset, ['customers', 'elsewhere/rates'])).toBeUndefined();
  });

  it('read numbers with their limits', () => {
    const rule = { min: 0, whole: true, what: 'The number of retries' };
    expect(parseNumber('', rule)).toEqual({ ok: true, value: null });
    expect(parseNumber('3', rule)).toEqual({ ok: true, value: 3 });
    for (const text of ['-1', '1.5', 'many', 'Infinity']) expect(parseNumber(text, rule).ok).toBe(false);
  });

  it('read and write tags', () => {
    expect(parseTags(['tier=core', 'pii'])).toEqual({ tier: 'core', pii: '' });
    expect(formatTags({ tier: 'core', pii: '' })).toEqual(['tier=core', 'pii']);
  });

  it('take metadata that is a JSON object', () => {
    expect(parseMetadata('{"a": [1]}')).toEqual({ ok: true, value: { a: [1] } });
    expect(parseMetadata('[1]').ok).toBe(false);
    expect(parseMetadata('{').ok).toBe(false);
    expect(parseMetadata(' ')).toEqual({ ok: true, value: null });
  });

  it('leave out what a retry policy cannot mean', () => {
    const policy = { maxRetries: 2, delay: null, backoff: 'LINEAR', jitter: 'FULL' } as const;
    expect(tidyRetryPolicy(policy)).toEqual({ maxRetries: 2 });
    expect(tidyRetryPolicy({ ...policy, delay: 1 })).toEqual({ ...policy, delay: 1 });
    expect(tidyRetryPolicy({ ...policy, maxRetries: null })).toBeNull();
  });
});
