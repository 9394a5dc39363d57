// What a page that carries one project has in it: the project, and its code as JavaScript.

import type { ShareBundle } from '#interop/share/bundle-types.ts';
import { findBundleInText } from '#interop/share/find-bundle.ts';
import { type CarriedCode, codeElementId, readCarriedCode } from '#interop/share/player-page.ts';
import { messageText } from '#ui/kit/messages.ts';

/** Throws, in words for the reader of the page. */
export async function readPage(
  page: Document,
): Promise<{ readonly bundle: ShareBundle; readonly code: CarriedCode }> {
  const code = readCarriedCode(page.getElementById(codeElementId)?.textContent ?? 'null');
  const carrier = page.getElementById('headwater-project');
  if (!code || !carrier)
    throw new Error('This page carries no project. Headwater makes such pages: choose Share there.');
  const found = await findBundleInText(carrier.outerHTML);
  if (!found.ok) throw new Error(messageText(found.error));
  return { bundle: found.value, code };
}
