// How long a link is, and what that means for who sends it.

import { linkReach } from '#interop/share/share-link.ts';
import { formatPlural } from '#ui/kit/format.ts';

export function linkWords(length: number): { readonly text: string; readonly canSend: boolean } {
  const size = formatPlural(length, 'character');
  switch (linkReach(length)) {
    case 'short':
      return { text: `${size}: short enough for any message.`, canSend: true };
    case 'long':
      return {
        text: `${size}. Some chat programs cut messages at 2,000: send it by mail there, or send a picture.`,
        canSend: true,
      };
    case 'very-long':
      return {
        text: `${size}. Browsers open it, but many programs cut a link of that length: better send a picture.`,
        canSend: true,
      };
    case 'too-long':
      return {
        text: `${size} are more than browsers open. Send a picture, or the project file.`,
        canSend: false,
      };
  }
}
