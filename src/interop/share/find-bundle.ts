// The project in whatever was dropped, chosen or pasted: a picture, a page, a text, a link.

import { err, type Result } from '#base/result.ts';
import { base64urlLength, maybeFromBase64url } from './base64url.ts';
import type { ShareBundle, ShareProblem } from './bundle-types.ts';
import { maybeTextOfMarkup } from './markup-carrier.ts';
import { isPng, maybeFromPng } from './png-carrier.ts';
import { maxShareBytes, openBundle } from './share-bundle.ts';
import { maybeTextOfLink } from './share-link.ts';
import { maybeTextOfText } from './text-carrier.ts';

/** The picture or page around a bundle may take this much besides. */
const maxAround = 32 * 1024 * 1024;
const most = base64urlLength(maxShareBytes) + maxAround;

/** The project in a file's bytes. What the file is called does not count: names lie. */
export async function findBundle(bytes: Uint8Array): Promise<Result<ShareBundle, ShareProblem>> {
  if (bytes.length > most) return err({ type: 'ShareTooLarge', bytes: bytes.length, most });
  if (isPng(bytes)) {
    const packed = maybeFromPng(bytes);
    return packed ? openBundle(packed) : err({ type: 'NothingShared' });
  }
  return findBundleInText(new TextDecoder().decode(bytes));
}

/** The project in a text: an SVG picture, an HTML page, a link, or lines of text that carry it. */
export async function findBundleInText(text: string): Promise<Result<ShareBundle, ShareProblem>> {
  if (text.length > most) return err({ type: 'ShareTooLarge', bytes: text.length, most });
  const found = maybeTextOfMarkup(text) ?? maybeTextOfText(text) ?? maybeTextOfLink(text);
  return found === undefined ? err({ type: 'NothingShared' }) : openShareText(found);
}

/** What stands behind `sharedPath` in a link. */
export async function openShareText(text: string): Promise<Result<ShareBundle, ShareProblem>> {
  const most = base64urlLength(maxShareBytes);
  if (text.length > most) return err({ type: 'ShareTooLarge', bytes: text.length, most });
  const packed = maybeFromBase64url(text);
  return packed
    ? openBundle(packed)
    : err({ type: 'ShareDamaged', detail: 'it is cut off or has been altered' });
}
