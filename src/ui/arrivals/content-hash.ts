// What trust is given to: the SHA-256 of a content, however it travelled. Data files beside a project are not in it:
// the project's own text names their hashes, and files that do not match are refused.

import type { ArrivedContent } from '#state/arrival-store.ts';

/** Lower-case hex. */
export async function contentHash({ documentText }: ArrivedContent): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(documentText));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
