// A project inside an element of an SVG picture or of an HTML page. It is found by looking through the text: nothing
// of what arrives is ever made into elements, let alone run.

import { gatherBase64url, toBase64url } from './base64url.ts';

const id = 'headwater-project';

/** For an SVG picture, right behind its opening tag. */
export const svgMetadataOf = (packed: Uint8Array): string =>
  `<metadata id="${id}">${toBase64url(packed)}</metadata>`;

/** For an HTML page: a block that no browser runs. */
export const htmlBlockOf = (packed: Uint8Array): string =>
  `<script type="application/x-headwater-project" id="${id}">${toBase64url(packed)}</script>`;

/** More often than in any page that is meant, and longer than any tag. */
const mostNames = 1000;
const longestTag = 500;

/** The packed bundle's text in the first such element that holds one, whatever else its tag says. */
export function maybeTextOfMarkup(text: string): string | undefined {
  let at = text.indexOf(id);
  for (let tried = 0; at >= 0 && tried < mostNames; tried++, at = text.indexOf(id, at + 1)) {
    const before = text.slice(Math.max(0, at - longestTag), at);
    const after = text.slice(at + id.length, at + id.length + longestTag);
    const rest = /^["'][^<>]*>/.exec(after)?.[0].length;
    if (rest === undefined || !/<(?:metadata|script)\s[^<>]*\bid\s*=\s*["']$/.test(before)) continue;
    const found = gatherBase64url(text, at + id.length + rest, text.length);
    // The code of a page that writes such elements has the tag in it, too.
    if (found.text !== '' && text[found.end] === '<') return found.text;
  }
  return undefined;
}
