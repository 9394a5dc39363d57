// A project in the fragment of an address, which browsers keep to themselves: no server ever sees it.

import { toBase64url } from './base64url.ts';

/** The route of the app that opens what stands behind it. */
export const sharedPath = '/shared/';
/** The address of the app in which nothing runs and nothing is changed until it is clicked. */
const embedQuery = '?embed=1';

/** `base` is the app's address without a fragment; `packed` what `packBundle` gives. */
export const linkOf = (base: string, packed: Uint8Array): string =>
  `${base}#${sharedPath}${toBase64url(packed)}`;

/** HTML to paste into another page. `title` says to readers of that page what the frame shows. */
export function embedOf(base: string, packed: Uint8Array, title: string): string {
  const link = `${linkOf(base, packed)}${embedQuery}`;
  return `<iframe src="${escaped(link)}" title="${escaped(title)}" width="100%" height="480" loading="lazy"></iframe>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The packed bundle's text in the first such link of a text. */
export function maybeTextOfLink(text: string): string | undefined {
  const at = text.indexOf(`#${sharedPath}`);
  return at < 0 ? undefined : /[\w-]+/y.exec(text.slice(at + sharedPath.length + 1))?.[0];
}

/**
 * How far a link of a length comes. `short` goes anywhere. `long` is more than a message of some chat programs holds
 * (Discord's: 2,000). `very-long` is more than Chromium shows in its address bar (32 K: kMaxURLDisplayChars in
 * content/common/content_constants.cc), and not far from what Firefox remembers (65,536: URL_LENGTH_MAX of Places).
 * `too-long` is replaced by an empty address in Chromium (2 M: kMaxURLChars in url/mojom/url.mojom).
 */
export type LinkReach = 'short' | 'long' | 'very-long' | 'too-long';

export function linkReach(length: number): LinkReach {
  if (length <= 2000) return 'short';
  if (length <= 32 * 1024) return 'long';
  return length < 2 * 1024 * 1024 ? 'very-long' : 'too-long';
}
