import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDocument } from '#model/format-document.ts';
import { graph } from '#model/graph-builder.ts';
import type { ShareBundle } from './bundle-types.ts';
import { findBundle, findBundleInText, openShareText } from './find-bundle.ts';
import { svgMetadataOf } from './markup-carrier.ts';
import { maxShareBytes, openBundle, packBundle } from './share-bundle.ts';
import { linkOf } from './share-link.ts';
import { textOfPacked } from './text-carrier.ts';

const documentText = formatDocument(graph().asset('orders', '() => 1').document());
const bundle: ShareBundle = { documentText };
const encoder = new TextEncoder();

/** A bundle with any content, whose length and hash are true unless others are given. */
function forged(content: Uint8Array, claims: { length?: number; hash?: Uint8Array; version?: number } = {}) {
  const packed = deflateRawSync(content);
  const bytes = new Uint8Array(40 + packed.length);
  bytes.set([0x48, 0x57, 0x53, claims.version ?? 1]);
  new DataView(bytes.buffer).setUint32(4, claims.length ?? content.length, true);
  bytes.set(claims.hash ?? createHash('sha256').update(content).digest(), 8);
  bytes.set(packed, 40);
  return bytes;
}

function part(tag: number, header: string, content: Uint8Array | string): Uint8Array {
  const [head, body] = [
    encoder.encode(header),
    typeof content === 'string' ? encoder.encode(content) : content,
  ];
  const bytes = new Uint8Array(9 + head.length + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, tag);
  view.setUint32(1, head.length, true);
  view.setUint32(5, body.length, true);
  bytes.set(head, 9);
  bytes.set(body, 9 + head.length);
  return bytes;
}

const content = (...parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));
const project = part(1, '', documentText);
const refusal = async (bytes: Uint8Array) => {
  const opened = await openBundle(bytes);
  return opened.ok ? 'opened' : opened.error;
};

describe('a hostile bundle', () => {
  it('is told from a true one by nothing but what is wrong with it', async () => {
    expect(await refusal(forged(content(project)))).toBe('opened');
  });

  it('that would unpack to gigabytes is refused before or while it does', async () => {
    const zeros = new Uint8Array(maxShareBytes + 1);
    expect(await refusal(forged(zeros))).toMatchObject({ type: 'ShareTooLarge' });
    expect(await refusal(forged(zeros, { length: 1000 }))).toMatchObject({ type: 'ShareDamaged' });
    expect(await refusal(forged(content(project), { length: maxShareBytes }))).toMatchObject({
      type: 'ShareDamaged',
    });
  });

  it('with more text than can be judged in a moment is refused before it is read', async () => {
    const long = documentText.replace('"name"', `"description": "${'x'.repeat(9_000_000)}", "name"`);
    expect(await refusal(forged(content(part(1, '', long))))).toMatchObject({ type: 'ShareTooLarge' });
  });

  it('with a forged hash is refused', async () => {
    expect(await refusal(forged(content(project), { hash: new Uint8Array(32) }))).toEqual({
      type: 'ShareAltered',
    });
  });

  it('of a later version says so', async () => {
    expect(await refusal(forged(content(project), { version: 9 }))).toEqual({
      type: 'ShareNewer',
      found: 9,
      known: 1,
    });
  });

  it.each([
    ['no project', content(part(3, '{"key":"orders","isSample":false}', 'x'))],
    ['two projects', content(project, project)],
    ['a part of an unknown kind', content(project, part(9, '', ''))],
    [
      'a part that is longer than the content',
      content(project, part(2, '{"path":"a"}', 'abc').subarray(0, -1)),
    ],
    ['a length that overflows', Uint8Array.of(1, 255, 255, 255, 255, 255, 255, 255, 255)],
    ['a file that the project does not know', content(project, part(2, '{"path":"../../etc/passwd"}', 'x'))],
    [
      'a result of an unknown asset',
      content(project, part(4, '', JSON.stringify([{ ...result, key: 'x' }]))),
    ],
    ['a result with a prototype', content(project, part(4, '', `[{"__proto__":{"isAdmin":true}}]`))],
    ['results nested without end', content(project, part(4, '', '['.repeat(200_000) + ']'.repeat(200_000)))],
    ['results that are all wrong', content(project, part(4, '', `[${'0,'.repeat(190_000)}0]`))],
    ['results of another shape', content(project, part(4, '', '{"key":1}'))],
    ['results that are no JSON', content(project, part(4, '', '[{'))],
    ['a value that is none', content(project, part(3, '{"key":"orders","isSample":true}', 'HV'))],
    ['text that is not UTF-8', content(part(1, '', Uint8Array.of(0xff, 0xfe)))],
  ])('with %s is refused with a reason', async (_, bytes) => {
    const problem = await refusal(forged(bytes));
    expect(problem).toMatchObject({
      type: 'ShareDamaged',
      detail: expect.stringMatching(/^[a-z].{10,}[^.]$/),
    });
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it.each([
    ['a key called __proto__', documentText.replace('"name"', '"__proto__": {}, "name"')],
    ['a field that no project has', documentText.replace('"name"', '"run": "on load", "name"')],
    ['text that is no project', '<script>alert(1)</script>'],
  ])('whose project has %s is refused with all of its problems', async (_, text) => {
    expect(await refusal(forged(content(part(1, '', text))))).toMatchObject({
      type: 'ShareInvalid',
      problems: [expect.anything()],
    });
  });

  it('of any bytes never throws, and gives what was packed or a reason', async () => {
    const packed = await packBundle(bundle);
    const flips = fc.array(fc.nat(packed.length * 8 - 1), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(flips, async (bits) => {
        const bytes = packed.slice();
        for (const bit of bits) bytes[bit >> 3]! ^= 1 << (bit & 7);
        const opened = await openBundle(bytes);
        // A bit that deflate does not read changes nothing.
        if (opened.ok) expect(opened.value).toEqual(bundle);
      }),
      { numRuns: 300 },
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(packed.length - 1), async (length) => {
        expect((await openBundle(packed.subarray(0, length))).ok).toBe(false);
      }),
      { numRuns: 100 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (rest) => {
        expect((await openBundle(content(packed.subarray(0, 40), rest))).ok).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});

const result = {
  key: 'orders',
  timestamp: 1,
  durationMs: 1,
  codeVersion: '',
  dataVersion: '',
  metadata: {},
};

describe('a hostile carrier', () => {
  it('never throws and never gives another project', async () => {
    const packed = await packBundle(bundle);
    const carriers = [
      encoder.encode(textOfPacked(packed, 'x')),
      encoder.encode(linkOf('https://a.b/', packed)),
      encoder.encode(`<svg>${svgMetadataOf(packed)}</svg>`),
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...carriers), fc.nat(), fc.nat(255), async (bytes, at, byte) => {
        const altered = bytes.slice();
        altered[at % altered.length] = byte;
        const found = await findBundle(altered);
        if (found.ok) expect(found.value).toEqual(bundle);
      }),
      { numRuns: 300 },
    );
  });

  it('that is a PNG with false lengths or a damaged chunk is refused', async () => {
    const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
    const chunk = (length: number, type: string) => [0, 0, 0, length, ...encoder.encode(type), 0, 0, 0, 0];
    for (const bytes of [
      signature,
      [...signature, 255, 255, 255, 255, ...encoder.encode('hwPj'), 0, 0, 0, 0],
      [...signature, ...chunk(0, 'hwPj'), ...chunk(0, 'IEND')],
      [...signature, ...chunk(0, 'hwPj')],
      [...signature, ...chunk(9, 'hwPj')],
    ])
      expect(await findBundle(Uint8Array.from(bytes))).toEqual({
        ok: false,
        error: { type: 'NothingShared' },
      });
  });

  it('without a project in it says that there is none', async () => {
    for (const text of [
      '',
      'hello',
      '<svg></svg>',
      '<!doctype html><title>x</title>',
      'https://a.b/#/shared/',
    ])
      expect(await findBundleInText(text)).toEqual({ ok: false, error: { type: 'NothingShared' } });
  });

  it('that is cut off says that it is damaged', async () => {
    const packed = await packBundle(bundle);
    const cut = textOfPacked(packed, 'x').slice(0, -40);
    expect(await findBundleInText(cut)).toMatchObject({ error: { type: 'ShareDamaged' } });
    expect(await openShareText('not base64!')).toMatchObject({ error: { type: 'ShareDamaged' } });
  });

  it.each([
    ['tags without an end', '<metadata id="headwater-project" '],
    ['tags without content', '<metadata id="headwater-project">'],
    ['content without an end', '<metadata id="headwater-project">aaaaaaaaaaaaaaaa='],
    ['names', 'Headwater project in 5 characters '],
    ['white space', '          '],
  ])('with %s without number is searched once through', async (_, piece) => {
    const text = `Headwater project in 99999999 characters:\n${piece.repeat(2_000_000 / piece.length)}`;
    expect(await findBundleInText(text)).toMatchObject({ ok: false });
  });
});
