import { describe, expect, it } from 'vitest';
import { asAssetId } from '#model/ids.ts';
import { type AppError, messageOf, messageText } from './messages.ts';

const assetId = asAssetId('a');

const examples: readonly AppError[] = [
  { type: 'KeyTaken', key: 'orders' },
  { type: 'CycleFound', path: ['orders', 'totals'] },
  { type: 'NoInputs', key: 'orders', reason: 'its parameter is not destructured' },
  { type: 'DiffConflict', table: 'assets', id: 'a' },
  { type: 'NothingToUndo' },
  { type: 'NotJson', detail: 'Unexpected token' },
  { type: 'NewerVersion', found: 9, known: 1 },
  { type: 'FileMismatch', path: 'flights.arrow' },
  { type: 'HeadUnreadable', assetId, key: 'orders', reason: 'no default export', line: 3, column: 5 },
  { type: 'BodyInvalid', assetId, key: 'orders', message: 'enum cannot be stripped', line: 3, column: 5 },
  { type: 'InputMissing', assetId, key: 'totals', input: 'order', missing: 'order', didYouMean: ['orders'] },
  { type: 'NoValueUpstream', assetId, key: 'totals', upstream: 'orders' },
  { type: 'NothingToRun' },
  { type: 'QuotaExceeded', detail: 'x' },
  { type: 'StoreFailed', detail: 'the disk is gone' },
  { type: 'NothingShared' },
  { type: 'ShareNewer', found: 2, known: 1 },
  { type: 'ShareTooLarge', bytes: 70_000_000, most: 64_000_000 },
  { type: 'ShareDamaged', detail: 'it is cut off' },
  { type: 'ShareAltered' },
  { type: 'ShareInvalid', problems: [{ type: 'NotAProject' }] },
];

describe('the wording of errors', () => {
  it('is sentences, without exclamation marks and doubled stops', () => {
    for (const error of examples) {
      const text = messageText(error);
      expect(text).toMatch(/^[A-Z“].*[.?]$/s);
      expect(text).not.toMatch(/!|\.\.|undefined/);
    }
  });

  it('names the thing and the way on', () => {
    expect(messageText({ type: 'CycleFound', path: ['a', 'b'] })).toContain('a → b → a');
    expect(messageText({ type: 'NoValueUpstream', assetId, key: 'b', upstream: 'a' })).toBe(
      '“b” needs the value of “a”, which has none yet. Materialize “a” first, or together with it.',
    );
  });

  it('tells each of several problems', () => {
    const error: AppError = {
      type: 'DefinitionsInvalid',
      problems: [
        { type: 'DuplicateKey', assetId, key: 'orders' },
        { type: 'FileMissing', assetId, key: 'raw', path: 'raw.csv' },
      ],
    };
    expect(messageOf(error).details).toHaveLength(2);
    expect(messageText(error)).toContain('raw.csv');
  });
});
