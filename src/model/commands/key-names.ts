// Where a body names assets by their keys: `assetKey: '…'`, `new AssetKey('…')`, `MetadataValue.asset('…')` and the
// like, as one text or as a list of parts. What is put together otherwise is not found.

import type { Token } from 'acorn';
import { formatUserString, parseUserString } from '../asset-key.ts';
import type { Splice } from '../body-edit.ts';
import { label, rewritten, stringOf, textOf } from './body-tokens.ts';

/** The body naming every asset as `rename` says; the body itself when nothing in it changes. */
export function bodyWithKeys(body: string, rename: (key: string) => string): string {
  // Most bodies name no asset at all, and a rename looks at every body of the project.
  if (!places.test(body)) return body;
  return rewritten(body, (tokens) => tokens.flatMap((_, i) => spliceAt(tokens, i, body, rename))) ?? body;
}

const places = /assetKey|AssetKey|asset\s*\(|AssetProvenance|selectedAsset/;

function spliceAt(
  tokens: readonly Token[],
  i: number,
  body: string,
  rename: (key: string) => string,
): Splice[] {
  const name = textOf(tokens[i], body);
  const next = label(tokens[i + 1]);
  const isAfter = (owner: string) => label(tokens[i - 1]) === '.' && textOf(tokens[i - 2], body) === owner;
  if (next === ':') return name === 'assetKey' ? keyAt(tokens, i + 2, body, rename) : [];
  if (next !== '(') return [];
  const isKey =
    name === 'AssetKey' ||
    name === 'getAssetProvenance' ||
    (name === 'fromUserString' && isAfter('AssetKey')) ||
    (name === 'asset' && isAfter('MetadataValue')) ||
    (name === 'has' && isAfter('selectedAssetKeys'));
  if (isKey) return keyAt(tokens, i + 2, body, rename);
  if (name !== 'has' || !isAfter('selectedAssetCheckKeys')) return [];
  return textAt(tokens[i + 2], (text) => {
    const colon = text.lastIndexOf(':');
    return colon < 0 ? text : rename(text.slice(0, colon)) + text.slice(colon);
  });
}

/** The key that begins at a token: a text, or a list of its parts. */
function keyAt(tokens: readonly Token[], i: number, body: string, rename: (key: string) => string): Splice[] {
  if (label(tokens[i]) !== '[') return textAt(tokens[i], rename);
  const parts: Token[] = [];
  for (let at = i + 1; label(tokens[at]) !== ']'; at++) {
    const token = tokens[at];
    if (stringOf(token) !== undefined) parts.push(token!);
    else if (label(token) !== ',') return [];
  }
  const [first] = parts;
  const last = parts.at(-1);
  if (!first || !last) return [];
  const from = formatUserString(parts.map((part) => stringOf(part)!));
  const to = rename(from);
  if (to === from) return [];
  const quote = body[first.start]!;
  const insert = parseUserString(to)
    .map((part) => quote + part + quote)
    .join(', ');
  return [{ start: first.start, end: last.end, insert }];
}

function textAt(token: Token | undefined, rename: (text: string) => string): Splice[] {
  const from = stringOf(token);
  if (!token || from === undefined) return [];
  const to = rename(from);
  return to === from ? [] : [{ start: token.start + 1, end: token.end - 1, insert: to }];
}
