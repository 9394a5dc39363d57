import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { VersionTag } from '#model/events.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import type { RunId } from '#model/ids.ts';
import { encodeValue } from '#model/values/encode-value.ts';
import { runOfBrought } from './brought-values.ts';
import { valueFacts } from './value-facts.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const deps = { runId: 'run' as RunId, packId: 'pack', now: 5_000, sha256, values: valueFacts };

function encoded(value: unknown): Uint8Array {
  const bytes = encodeValue(value);
  if (!bytes.ok) throw new Error('not stored');
  return bytes.value.slice();
}

const document = graph().asset('a').asset('b', '({ a }) => a').external('c').document();
const result = {
  timestamp: 1,
  durationMs: 7,
  codeVersion: 'c1',
  metadata: { rows: { type: 'int' as const, value: 3 } },
};

test('values come along as one finished run, their versions taken of their own bytes', () => {
  const [a, b] = [encoded([{ n: 1 }]), encoded([{ n: 2 }, { n: 3 }])];
  const brought = runOfBrought(
    document,
    {
      values: [
        { key: 'a', isSample: false, bytes: a },
        { key: 'b', isSample: false, bytes: b },
      ],
      results: [{ key: 'b', ...result }],
    },
    deps,
  );
  expect(brought?.run).toMatchObject({ status: 'SUCCESS', succeeded: 2, assetIds: [idOf('a'), idOf('b')] });
  expect(brought?.pack.bytes).toEqual(Uint8Array.from([...a, ...b]));
  const made = brought!.segment.events.filter(({ type }) => type === 'ASSET_MATERIALIZATION');
  const hashOf = (bytes: Uint8Array) => sha256(valueFacts.canonical(bytes)!);
  expect(made.map(({ value }) => value)).toMatchObject([
    { hash: hashOf(a), pack: 'pack', offset: 0, length: a.length, summary: { count: 1 } },
    { hash: hashOf(b), pack: 'pack', offset: a.length, length: b.length, summary: { count: 2 } },
  ]);
  expect(made[1]).toMatchObject({
    durationMs: 7,
    metadata: { rows: { value: 3 } },
    tags: {
      [VersionTag.code]: 'c1',
      [VersionTag.data]: hashOf(b),
      [`${VersionTag.inputPrefix}a`]: hashOf(a),
    },
  });
});

test('a part of a value says that it is one, and does not pass for what the code makes', () => {
  const brought = runOfBrought(
    document,
    { values: [{ key: 'a', isSample: true, bytes: encoded([1]) }], results: [{ key: 'a', ...result }] },
    deps,
  );
  const [, made] = brought!.segment.events;
  expect(made!.tags![VersionTag.code]).toBe('');
  expect(made!.metadata!['came along']!.value).toContain('only a part');
});

test.each([
  ['nothing', {}],
  ['results without a value', { results: [{ key: 'a', ...result }] }],
  ['a value of what is made elsewhere', { values: [{ key: 'c', isSample: false, bytes: encoded(1) }] }],
  ['a value of no asset', { values: [{ key: 'x', isSample: false, bytes: encoded(1) }] }],
  ['bytes that are no value', { values: [{ key: 'a', isSample: false, bytes: new Uint8Array([1, 2, 3]) }] }],
])('%s makes no run', (_, brought) => {
  expect(runOfBrought(document, brought, deps)).toBeUndefined();
});
