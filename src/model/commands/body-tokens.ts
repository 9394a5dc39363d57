// Bodies as tokens: what looks for names in them reads these, so that the author's own text and layout stay.

import { type Token, tokenizer } from 'acorn';
import { applySplice, type Splice } from '../body-edit.ts';

/** The text with what `find` gives put in; undefined when it gives nothing, or the text has no tokens. */
export function rewritten(body: string, find: (tokens: readonly Token[]) => Splice[]): string | undefined {
  let tokens: Token[];
  try {
    tokens = [...tokenizer(body, { ecmaVersion: 'latest', sourceType: 'module' })];
  } catch {
    return undefined;
  }
  const splices = find(tokens).sort((a, b) => b.start - a.start);
  return splices.length === 0 ? undefined : splices.reduce(applySplice, body);
}

export const label = (token: Token | undefined): string => token?.type.label ?? '';

export const textOf = (token: Token | undefined, body: string): string =>
  token ? body.slice(token.start, token.end) : '';

/** What a string token says; undefined for other tokens. */
export const stringOf = (token: Token | undefined): string | undefined =>
  label(token) === 'string' ? String((token as Token & { value?: unknown }).value) : undefined;
