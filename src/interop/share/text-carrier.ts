// A project as text for a mail or a message: a line that says what it is, then base64url in short lines. What mail
// programs do to it (quoting marks, other line breaks) does not count.

import { gatherBase64url, toBase64url } from './base64url.ts';

const mark = 'Headwater project';
const lineLength = 76;

export function textOfPacked(packed: Uint8Array, name: string): string {
  const text = toBase64url(packed);
  const title = name.replace(/[^\p{L}\p{N}\p{P}\p{S}]+/gu, ' ').trim();
  const shown = title.length > 30 ? `${title.slice(0, 29).trimEnd()}…` : title;
  const lines = text.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return `${mark} ${shown === '' ? '' : `“${shown}” `}in ${text.length} characters:\n${lines.join('\n')}\n`;
}

/** More often than in any text that is meant. */
const mostMarks = 1000;

/** The packed bundle's text; undefined where there is none, shorter than announced where it is cut off. */
export function maybeTextOfText(text: string): string | undefined {
  // The name may say the same: the last on the line counts.
  const head = /Headwater project [^\r\n]{0,200}\bin (\d{1,9}) characters:[ \t]*$/my;
  let at = text.indexOf(mark);
  for (let tried = 0; at >= 0 && tried < mostMarks; tried++, at = text.indexOf(mark, at + 1)) {
    head.lastIndex = at;
    const found = head.exec(text);
    if (!found) continue;
    return gatherBase64url(text, at + found[0].length, Number(found[1])).text;
  }
  return undefined;
}
