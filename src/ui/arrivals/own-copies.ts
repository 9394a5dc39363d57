// Which texts this browser itself put on the clipboard, by the hash of what they hold: those need no sheet when they are
// pasted. A mark within the text would not do, since whoever is sent one could set it on another text.

import type { ProjectDocument } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import type { PreferencesPort } from '#ui/kit/services.tsx';

const preference = 'own-copies';
/** The oldest are forgotten beyond this. */
const most = 200;

/** As trust is given to, whatever its layout. */
export async function hashOfCopy(document: ProjectDocument): Promise<string> {
  const { trustedHash } = await import('./trusted-hash.ts');
  return trustedHash({ documentText: formatDocument(document) });
}

export async function rememberCopy(preferences: PreferencesPort, document: ProjectDocument): Promise<void> {
  const hash = await hashOfCopy(document);
  const others = copies(preferences).filter((other) => other !== hash);
  preferences.write(preference, [hash, ...others].slice(0, most).join(' '));
}

export const isOwnCopy = (preferences: PreferencesPort, hash: string): boolean =>
  copies(preferences).includes(hash);

/** Newest first. */
const copies = (preferences: PreferencesPort): readonly string[] =>
  (preferences.read(preference) ?? '').split(' ').filter((hash) => /^[0-9a-f]{64}$/.test(hash));
