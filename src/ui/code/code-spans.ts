// Code in colours: its tokens by kind, line by line. TypeScript that cannot be tokenized stays plain from there on.

import { type Comment, tokenizer } from 'acorn';
import type { CodePiece, SpanKind } from './code-piece.ts';
import { pythonPieces } from './python-spans.ts';

export interface CodeSpan {
  readonly text: string;
  /** Plain when absent. */
  readonly kind?: SpanKind;
}

/** Past this many characters nothing is coloured. */
const maxLength = 400_000;

export type CodeLanguage = 'typescript' | 'python' | 'plain';

/** By the ending of a file's name. */
export const languageOf = (path: string): CodeLanguage =>
  /\.m?ts$|\.mjs$/.test(path) ? 'typescript' : path.endsWith('.py') ? 'python' : 'plain';

export function codeLines(
  text: string,
  language: CodeLanguage = 'typescript',
): readonly (readonly CodeSpan[])[] {
  const pieces = text.length <= maxLength ? piecesOf[language](text) : [];
  const lines: CodeSpan[][] = [[]];
  const add = (from: number, to: number, kind?: SpanKind): void => {
    text
      .slice(from, to)
      .split('\n')
      .forEach((part, i) => {
        if (i > 0) lines.push([]);
        if (part !== '') lines.at(-1)?.push(kind === undefined ? { text: part } : { text: part, kind });
      });
  };
  let at = 0;
  for (const { start, end, kind } of pieces) {
    add(at, start);
    add(start, end, kind);
    at = end;
  }
  add(at, text.length);
  return lines;
}

const piecesOf: Readonly<Record<CodeLanguage, (text: string) => CodePiece[]>> = {
  typescript: typescriptPieces,
  python: pythonPieces,
  plain: () => [],
};

function typescriptPieces(text: string): CodePiece[] {
  const pieces: CodePiece[] = [];
  const comments: Comment[] = [];
  try {
    const tokens = tokenizer(text, { ecmaVersion: 'latest', sourceType: 'module', onComment: comments });
    let isMember = false;
    for (const { type, start, end } of tokens) {
      const kind = isMember ? undefined : kindOf(type.label, type.keyword, text.slice(start, end));
      isMember = type.label === '.' || type.label === '?.';
      if (kind) pieces.push({ start, end, kind });
    }
  } catch {
    // Half-typed: what was read so far has its colours.
  }
  for (const { start, end } of comments) pieces.push({ start, end, kind: 'comment' });
  return pieces.sort((a, b) => a.start - b.start);
}

function kindOf(label: string, keyword: string | undefined, word: string): SpanKind | undefined {
  if (keyword !== undefined) return 'keyword';
  if (label === 'string' || label === 'template' || label === '`' || label === 'regexp') return 'string';
  if (label === 'num') return 'number';
  if (label !== 'name') return undefined;
  if (contextual.has(word)) return 'keyword';
  return /^[A-Z][a-z]/.test(word) ? 'type' : undefined;
}

const contextual: ReadonlySet<string> = new Set(
  'abstract as async await declare from get implements interface keyof let of readonly satisfies set static type'.split(
    ' ',
  ),
);
