// What trust is given to: the SHA-256 of a content, however it travelled. Data files beside a project are not in it:
// the project's own text names their hashes, and files that do not match are refused.

import type { ShareBundle } from '#interop/share/bundle-types.ts';
import { contentHash } from '#interop/share/share-bundle.ts';

/** Lower-case hex. */
export const trustedHash = ({ files: _, ...content }: ShareBundle): Promise<string> => contentHash(content);
