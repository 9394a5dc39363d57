import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findBundleInText } from './find-bundle.ts';
import { codeElementId, readCarriedCode, writePlayerPage } from './player-page.ts';
import { packBundle } from './share-bundle.ts';

const template =
  '<!doctype html><head><title>Headwater</title></head><body><!--project--><script type="module">run()</script></body>';
const documentText = '{"format":"headwater","version":3,"name":"Page","assets":[]}\n';

/** What stands in an element of the page, found as a browser would: up to the first end tag. */
function contentOf(page: string, id: string): string {
  const opening = page.indexOf(`id="${id}">`);
  const from = opening + `id="${id}">`.length;
  return page.slice(from, page.indexOf('</script', from));
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '</script><script>alert(1)</script>',
    '<!--<script>',
    '</title><img src=x>',
    '$&$1',
    '<!--project-->',
  ),
);

test('whatever the title and the code say, they end no element, and are read back as they were', async () => {
  const packed = await packBundle({ documentText });
  await fc.assert(
    fc.asyncProperty(nasty, nasty, nasty, async (title, source, code) => {
      const carried = { texts: [[source, code]] as const, libraries: { zod: code } };
      const page = writePlayerPage(template, { title, packed, code: carried });
      expect(page.match(/<\/?script/g)).toHaveLength(6);
      expect(page.match(/<\/title/g)).toHaveLength(1);
      expect(readCarriedCode(contentOf(page, codeElementId))).toEqual(carried);
      expect(await findBundleInText(page)).toEqual({ ok: true, value: { documentText } });
    }),
  );
});

test('what is no such code is not taken for it', () => {
  expect(readCarriedCode('null')).toBeUndefined();
  expect(readCarriedCode('{"texts":{}}')).toBeUndefined();
  expect(readCarriedCode('[]')).toBeUndefined();
});
