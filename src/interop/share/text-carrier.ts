// A project as text for a mail or a message: a line that says what it is, then base64url in short lines. What mail
// programs do to it (quoting marks, other line breaks) does not count.

import { toBase64url } from './base64url.ts';

const mark = 'Headwater project';
const lineLength = 76;

export function textOfPacked(packed: Uint8Array, name: string): string {
  const text = toBase64url(packed);
  const title = name.replace(/[^\p{L}\p{N}\p{P}\p{S}]+/gu, ' ').trim();
  const shown = title.length > 30 ? `${title.slice(0, 29).trimEnd()}…` : title;
  const lines = text.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return `${mark} ${shown === '' ? '' : `“${shown}” `}in ${text.length} characters:\n${lines.join('\n')}\n`;
}

/** What mail programs put between, beside white space. */
const between = new Set(['>', '|', '\u200b', '\ufeff']);

/** The packed bundle's text; undefined where there is none, shorter than announced where it is cut off. */
export function maybeTextOfText(text: string): string | undefined {
  // The name may say the same: the last on the line counts.
  const head = /Headwater project [^\r\n]{0,200}\bin (\d{1,9}) characters:[ \t]*$/m.exec(text);
  if (!head) return undefined;
  const wanted = Number(head[1]);
  const pieces: string[] = [];
  let length = 0;
  const piece = /[\w-]+|[^\w-]/y;
  piece.lastIndex = head.index + head[0].length;
  for (let next = piece.exec(text); next && length < wanted; next = piece.exec(text)) {
    if (/^[\w-]/.test(next[0])) {
      pieces.push(next[0]);
      length += next[0].length;
    } else if (!between.has(next[0]) && next[0].trim() !== '') break;
  }
  return pieces.join('').slice(0, wanted);
}
