// A project inside an element of an SVG picture or of an HTML page. It is found by looking through the text: nothing
// of what arrives is ever made into elements, let alone run.

import { toBase64url } from './base64url.ts';

const id = 'headwater-project';

/** For an SVG picture, right behind its opening tag. */
export const svgMetadataOf = (packed: Uint8Array): string =>
  `<metadata id="${id}">${toBase64url(packed)}</metadata>`;

/** For an HTML page: a block that no browser runs. */
export const htmlBlockOf = (packed: Uint8Array): string =>
  `<script type="application/x-headwater-project" id="${id}">${toBase64url(packed)}</script>`;

/** The packed bundle's text in the first such element that holds one, whatever else its tag says. */
export function maybeTextOfMarkup(text: string): string | undefined {
  // Bounded, so that no page can make the search slow.
  const openings =
    /<(?:metadata|script)\b[^<>]{0,500}?\bid\s{0,9}=\s{0,9}["']headwater-project["'][^<>]{0,500}>/g;
  for (const { 0: opening, index } of text.matchAll(openings)) {
    const content = /[\w\s-]*/y;
    content.lastIndex = index + opening.length;
    const found = content.exec(text)?.[0].replace(/\s+/g, '');
    // The code of a page that writes such elements has the tag in it, too.
    if (found && text[content.lastIndex] === '<') return found;
  }
  return undefined;
}
