// One HTML page that shows and runs a project: the page that the build made (vite-player-plugin.ts), with the project
// and its code put in.

import type { StrippedCode } from '#engine/stripped-code.ts';
import { htmlBlockOf } from './markup-carrier.ts';

/** The element that holds the code; its content is JSON. */
export const codeElementId = 'headwater-code';

export interface CarriedCode {
  /** The project's code as JavaScript: the page has no compiler. */
  readonly texts: StrippedCode['texts'];
  /** Libraries that it imports, by name. */
  readonly libraries: Readonly<Record<string, string>>;
}

const place = '<!--project-->';
const bareTitle = '<title>Headwater</title>';

/** `template` is the page without a project. */
export function writePlayerPage(
  template: string,
  {
    title,
    packed,
    code,
  }: { readonly title: string; readonly packed: Uint8Array; readonly code: CarriedCode },
): string {
  if (!template.includes(place) || !template.includes(bareTitle))
    throw new Error('Internal error: the page has no place for a project');
  // No text of the project may end the element.
  const json = JSON.stringify(code).replaceAll('<', '\\u003c');
  const blocks = `${htmlBlockOf(packed)}\n<script type="application/json" id="${codeElementId}">${json}</script>`;
  return template
    .replace(bareTitle, () => `<title>${escapeText(title)}</title>`)
    .replace(place, () => blocks);
}

const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** What stands in the element; undefined when it is not such a thing. */
export function readCarriedCode(json: string): CarriedCode | undefined {
  const raw: unknown = JSON.parse(json);
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { texts, libraries } = raw as Record<string, unknown>;
  if (!Array.isArray(texts) || typeof libraries !== 'object' || libraries === null) return undefined;
  return raw as CarriedCode;
}
