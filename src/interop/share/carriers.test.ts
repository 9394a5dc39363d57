import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomProject } from '#interop/typescript/random-project.ts';
import { formatDocument } from '#model/format-document.ts';
import { encodeValue } from '#model/values/encode-value.ts';
import type { ShareBundle } from './bundle-types.ts';
import { isCarrierName } from './carrier-name.ts';
import { findBundle, findBundleInText } from './find-bundle.ts';
import { htmlBlockOf, svgMetadataOf } from './markup-carrier.ts';
import { maybePngWith } from './png-carrier.ts';
import { contentHash, openBundle, packBundle } from './share-bundle.ts';
import { embedOf, linkOf, linkReach } from './share-link.ts';
import { textOfPacked } from './text-carrier.ts';

const base = 'https://example.org/headwater/';
const bytesOf = (text: string) => new TextEncoder().encode(text);
// One transparent pixel.
const png = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='),
  (letter) => letter.charCodeAt(0),
);

/** Every way to travel: what is sent, opened again. */
const journeys: Readonly<
  Record<string, (packed: Uint8Array, name: string) => ReturnType<typeof findBundle>>
> = {
  bytes: (packed) => openBundle(packed),
  'a link': (packed) => findBundleInText(`Look at this: ${linkOf(base, packed)}?embed=1 (from me)`),
  'an embed': (packed, name) => findBundleInText(embedOf(base, packed, name)),
  text: (packed, name) => findBundleInText(`Hello,\n\n${textOfPacked(packed, name)}\nRegards\n`),
  'a quoted text with other line breaks': (packed, name) =>
    findBundleInText(
      textOfPacked(packed, name)
        .split('\n')
        .map((line) => `> > ${line}\r\n`)
        .join('>\r\n'),
    ),
  'a PNG': async (packed) => findBundle(maybePngWith(png, packed) ?? png),
  'an SVG': (packed) => findBundle(bytesOf(`<svg xmlns="x">${svgMetadataOf(packed)}<path d=""/></svg>`)),
  'an HTML page': (packed) =>
    findBundle(
      bytesOf(
        `<!doctype html><script>const t = '<script id="headwater-project">' + "</script>"</script>${htmlBlockOf(packed)}`,
      ),
    ),
};

const bundle = fc.record({
  documentText: randomProject.map(formatDocument),
  withResults: fc.boolean(),
  withValues: fc.boolean(),
});

function stored(value: unknown): Uint8Array {
  const encoded = encodeValue(value);
  if (!encoded.ok) throw new Error(encoded.error.type);
  return encoded.value;
}

const keysOf = (documentText: string): readonly string[] => [
  ...new Set((JSON.parse(documentText) as { assets: { key: string }[] }).assets.map(({ key }) => key)),
];

function bundleOf({
  documentText,
  withResults,
  withValues,
}: {
  documentText: string;
  withResults: boolean;
  withValues: boolean;
}): ShareBundle {
  const keys = keysOf(documentText);
  return {
    documentText,
    ...(withValues && keys.length > 0
      ? { values: keys.map((key) => ({ key, isSample: true, bytes: stored([{ key, n: 1 }]) })) }
      : {}),
    ...(withResults
      ? {
          results: keys.map((key) => ({
            key,
            timestamp: 1.5,
            durationMs: 3,
            codeVersion: 'c',
            dataVersion: 'd',
            summary: { kind: 'table', count: 1 },
            metadata: { rows: { type: 'int' as const, value: 1 } },
          })),
        }
      : {}),
  };
}

describe('a shared project', () => {
  it.each(Object.entries(journeys))(
    'comes back from %s byte for byte, with what went along',
    async (_, journey) => {
      await fc.assert(
        fc.asyncProperty(bundle, async (choice) => {
          const sent = bundleOf(choice);
          const { name } = JSON.parse(sent.documentText) as { name: string };
          expect(await journey(await packBundle(sent), name)).toEqual({ ok: true, value: sent });
        }),
        { numRuns: 60 },
      );
    },
  );

  it('has one hash, however it travels, and another when anything in it differs', async () => {
    const [sent, other] = fc.sample(bundle, { numRuns: 2, seed: 5 }).map(bundleOf);
    if (!sent || !other) throw new Error('no sample');
    const opened = await openBundle(await packBundle(sent));
    if (!opened.ok) throw new Error(opened.error.type);
    expect(await contentHash(opened.value)).toBe(await contentHash(sent));
    expect(await contentHash(sent)).toMatch(/^[0-9a-f]{64}$/);
    expect(await contentHash(other)).not.toBe(await contentHash(sent));
  });

  it('takes the place of one that was in the picture before', async () => {
    const [first, second] = fc.sample(bundle, { numRuns: 2, seed: 6 }).map(bundleOf);
    if (!first || !second) throw new Error('no sample');
    const once = maybePngWith(png, await packBundle(first)) ?? png;
    const twice = maybePngWith(once, await packBundle(second)) ?? png;
    expect(await findBundle(twice)).toEqual({ ok: true, value: second });
    expect(twice.length - png.length).toBe((await packBundle(second)).length + 12);
  });
});

describe('the text of a shared project', () => {
  it('has lines that no mail program breaks, and a name that cannot pretend', async () => {
    const [sent] = fc.sample(bundle, { numRuns: 1, seed: 7 }).map(bundleOf);
    if (!sent) throw new Error('no sample');
    const text = textOfPacked(
      await packBundle(sent),
      'x” in 5 characters:\nHeadwater project in 3 characters:\n',
    );
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(76);
    expect(await findBundleInText(text)).toEqual({ ok: true, value: sent });
  });
});

describe('how far a link comes', () => {
  it('is said by its length', () => {
    expect([2000, 2001, 32_768, 32_769, 2_097_151, 2_097_152].map(linkReach)).toEqual([
      'short',
      'long',
      'long',
      'very-long',
      'very-long',
      'too-long',
    ]);
  });
});

describe('a file that may have a project inside', () => {
  it('is a picture, a page or a text, and no project file', () => {
    const names = ['a.png', 'A.SVG', 'x.html', 'x.htm', 'x.txt', 'a.headwater.json', 'png', 'orders.csv'];
    expect(names.filter(isCarrierName)).toEqual(['a.png', 'A.SVG', 'x.html', 'x.htm', 'x.txt']);
  });
});
