// Where a body names what it makes: keys of the object that it returns, and `outputName: '…'`. What is named otherwise
// is not found.

import type { Token } from 'acorn';
import type { Splice } from '../body-edit.ts';
import { label, rewritten, stringOf, textOf } from './body-tokens.ts';

/** The body with an output called `to`; undefined when nothing in it names the output literally. */
export const bodyWithOutputName = (body: string, from: string, to: string): string | undefined =>
  rewritten(body, (tokens) => [
    ...returnedKeys(tokens, body).flatMap((key) => keySplice(key, from, to)),
    ...namedStrings(tokens, body, 'outputName', from, to),
  ]);

const isOpen = (token: Token | undefined): boolean => /^(?:[([{]|\$\{)$/.test(label(token));
const isClose = (token: Token | undefined): boolean => /^[)\]}]$/.test(label(token));

function namedStrings(
  tokens: readonly Token[],
  body: string,
  field: string,
  from: string,
  to: string,
): Splice[] {
  return tokens.flatMap((token, i): Splice[] => {
    const isField = body.slice(token.start, token.end) === field && label(tokens[i + 1]) === ':';
    const value = tokens[i + 2];
    return isField && value && stringOf(value) === from
      ? [{ start: value.start + 1, end: value.end - 1, insert: to }]
      : [];
  });
}

interface Key {
  readonly name: string;
  readonly token: Token;
  readonly isShorthand: boolean;
}

function keySplice({ name, token, isShorthand }: Key, from: string, to: string): Splice[] {
  if (name !== from) return [];
  return [{ start: token.start, end: token.end, insert: isShorthand ? `${to}: ${name}` : to }];
}

/** The keys of the objects that the body itself returns, not those of functions inside it. */
function returnedKeys(tokens: readonly Token[], body: string): Key[] {
  const start = bodyStart(tokens, body);
  if (start === undefined) return [];
  if (label(tokens[start]) === '(' && label(tokens[start + 1]) === '{')
    return keysAt(tokens, body, start + 1);
  if (label(tokens[start]) !== '{') return [];
  const keys: Key[] = [];
  /** For each open bracket: is it the braces of a function? */
  const open: boolean[] = [];
  for (let i = start; i < tokens.length; i++) {
    if (isOpen(tokens[i])) open.push(i > start && isFunctionBrace(tokens, body, i));
    else if (isClose(tokens[i])) {
      open.pop();
      if (open.length === 0) break;
    } else if (label(tokens[i]) === 'return' && label(tokens[i + 1]) === '{' && !open.includes(true))
      keys.push(...keysAt(tokens, body, i + 1));
  }
  return keys;
}

/** The first token of the default export's body, behind its parameters and the arrow. */
function bodyStart(tokens: readonly Token[], body: string): number | undefined {
  const at = tokens.findIndex((token, i) => label(token) === 'export' && label(tokens[i + 1]) === 'default');
  const first = at < 0 ? -1 : tokens.findIndex((token, i) => i > at && label(token) === '(');
  if (first < 0) return undefined;
  let i = behind(tokens, first);
  // A return type may stand before the arrow or the braces.
  const isArrow = !tokens.slice(at, first).some((token) => body.slice(token.start, token.end) === 'function');
  if (isArrow) {
    while (i < tokens.length && label(tokens[i]) !== '=>') i += 1;
    return i + 1;
  }
  // In the return type braces stand behind a mark; those of the function stand behind the type.
  const isTypeBrace = (at: number) => /^[:<|&,]$/.test(textOf(tokens[at - 1], body));
  while (i < tokens.length && (label(tokens[i]) !== '{' || isTypeBrace(i)))
    i = label(tokens[i]) === '{' ? behind(tokens, i) : i + 1;
  return i;
}

/** The place behind the bracket that closes the one at `i`. */
function behind(tokens: readonly Token[], i: number): number {
  let depth = 0;
  for (let at = i; at < tokens.length; at++) {
    if (isOpen(tokens[at])) depth += 1;
    else if (isClose(tokens[at])) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return tokens.length;
}

const blocks: ReadonlySet<string> = new Set(['if', 'for', 'while', 'switch', 'catch', 'with', 'await']);

function isFunctionBrace(tokens: readonly Token[], body: string, i: number): boolean {
  if (label(tokens[i]) !== '{') return false;
  if (label(tokens[i - 1]) === '=>') return true;
  if (label(tokens[i - 1]) !== ')') return false;
  let depth = 0;
  for (let at = i - 1; at >= 0; at--) {
    if (isClose(tokens[at])) depth += 1;
    else if (isOpen(tokens[at])) depth -= 1;
    if (depth > 0) continue;
    const before = tokens[at - 1];
    return before === undefined || !blocks.has(body.slice(before.start, before.end));
  }
  return false;
}

/** The keys of the object literal whose brace is at `i`. */
function keysAt(tokens: readonly Token[], body: string, i: number): Key[] {
  const keys: Key[] = [];
  let depth = 0;
  for (let at = i; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (isOpen(token)) depth += 1;
    else if (isClose(token)) depth -= 1;
    if (depth === 0) break;
    if (depth !== 1 || (label(token) !== '{' && label(token) !== ',')) continue;
    const key = tokens[at + 1];
    const next = label(tokens[at + 2]);
    if (!key || isClose(key) || !/^[:,}]$/.test(next)) continue;
    const name = stringOf(key) ?? body.slice(key.start, key.end);
    keys.push({ name, token: key, isShorthand: next !== ':' });
  }
  return keys;
}
