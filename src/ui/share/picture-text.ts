// Text in a picture that nobody lays out: escaped, cut or broken by widths that are estimated, so that it needs no
// browser. What is estimated too narrow is clipped by its box.

/** Widths of characters in a wide sans-serif face, in parts of the font's size: who reads it may have no other. */
const classes: readonly (readonly [RegExp, number])[] = [
  [
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u,
    1,
  ],
  [/[iljtfrI.,:;'|!()[\]{}/\\ ]/, 0.35],
  [/[mwMW@%—…]/, 0.95],
  [/[A-Z]/, 0.7],
  [/[0-9_+=<>~-]/, 0.65],
];

const widthOf = (character: string): number =>
  classes.find(([pattern]) => pattern.test(character))?.[1] ?? 0.61;

export const textWidth = (text: string, fontSize: number): number =>
  [...text].reduce((sum, character) => sum + widthOf(character), 0) * fontSize;

const tailLength = 8;
/** No room is as wide: what is behind is never measured. */
const longest = 2000;

/** The text, or its beginning when there is not so much room; of a name its end as well, which tells it from others. */
export function shortened(text: string, fontSize: number, room: number, isName: boolean): string {
  if (text.length * fontSize < room || textWidth(text.slice(0, longest), fontSize) <= room) return text;
  const characters = [...text];
  const hasTail = isName && characters.length > tailLength * 2;
  const tail = hasTail ? characters.slice(-tailLength).join('') : '';
  let head = '';
  for (const character of characters) {
    if (textWidth(`${head}${character}…${tail}`, fontSize) > room) break;
    head += character;
  }
  return `${head.replace(/[\s.,;:]+$/, '')}…${tail}`;
}

/** The text in lines of at most that width, broken between words; the last ends in "…" when there is more. */
export function brokenLines(text: string, fontSize: number, room: number, most: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.slice(0, longest * 4).split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && textWidth(longer, fontSize) > room) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    lines.push(line);
    if (lines.length > most) break;
  }
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `${lines[most - 1] ?? ''}…`];
}

/** Markdown as plain text: a picture has one face. */
export const withoutMarks = (markdown: string): string =>
  markdown
    .slice(0, longest * 4)
    .replace(/^#{1,6}\s+/gm, '')
    .replace(/^(\s*)[*-]\s+/gm, '$1• ')
    .replace(/`([^`\n]+)`/g, '$1')
    .replace(/(?<!\w)(\*\*|__|[*_])(?=\S)([^*\n]*?\S)\1(?!\w)/g, '$2');

/** As XML has it: what XML cannot hold (most control characters, halves of characters) is shown as "\ufffd". */
export const escapedXml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Cs}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
