// Python in colours, as far as reading exported files needs it: words, strings, numbers and comments.

import type { CodePiece } from './code-piece.ts';

const strings = [
  String.raw`"""[\s\S]*?(?:"""|$)`,
  String.raw`'''[\s\S]*?(?:'''|$)`,
  String.raw`"(?:\\.|[^"\\\n])*"?`,
  String.raw`'(?:\\.|[^'\\\n])*'?`,
].join('|');
const token = new RegExp(
  String.raw`(?<comment>#[^\n]*)|(?<string>(?:\b[rbfu]{1,2})?(?:${strings}))|(?<number>\b\d[\w.]*)|(?<word>\.?[a-z_]\w*)`,
  'gi',
);

const keywords = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield match case type'.split(
    ' ',
  ),
);

export function pythonPieces(text: string): CodePiece[] {
  const pieces: CodePiece[] = [];
  for (const found of text.matchAll(token)) {
    const kind = kindOf(found.groups ?? {});
    if (kind) pieces.push({ start: found.index, end: found.index + found[0].length, kind });
  }
  return pieces;
}

function kindOf({
  comment,
  string,
  number,
  word = '',
}: Readonly<Record<string, string | undefined>>): CodePiece['kind'] | undefined {
  if (comment !== undefined) return 'comment';
  if (string !== undefined) return 'string';
  if (number !== undefined) return 'number';
  if (keywords.has(word)) return 'keyword';
  return /^[A-Z][a-z]/.test(word) ? 'type' : undefined;
}
