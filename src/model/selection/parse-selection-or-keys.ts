// What people type where a selection is asked for: a selection, or several of them with commas between, or
// plain keys. As Dagster's `AssetSelection.from_string` and its `--select`, bare names have their own old signs.

import { err, ok, type Result } from '#base/result.ts';
import { parseSelection, type SelectionError } from './parse-selection.ts';
import type { Depth, SelectionNode } from './selection-node.ts';

/**
 * Reads a selection, plain keys (`orders`, `raw/orders`), or several with commas between. Around a plain key
 * one `+` is one layer and `*` is all of them: `*orders`, `orders++`. A tag may stand without quotes even when
 * it has dots and dashes: `tag:my-team=x.y`. A text of commas alone is an error.
 */
export function parseSelectionOrKeys(text: string): Result<SelectionNode, SelectionError> {
  const parts: SelectionNode[] = [];
  for (const { part, offset } of splitAtCommas(text)) {
    if (part.trim() === '') continue;
    const node = parsePart(part);
    if (!node.ok) return err({ ...node.error, offset: node.error.offset + offset });
    parts.push(node.value);
  }
  if (parts.length === 0)
    return err({ message: 'The selection is empty. * selects everything.', offset: 0, length: text.length });
  return ok(parts.length === 1 ? parts[0]! : { type: 'or', operands: parts });
}

function parsePart(part: string): Result<SelectionNode, SelectionError> {
  const selection = parseSelection(part);
  if (selection.ok) return selection;
  const tag = /^\s*tag:([A-Za-z0-9_./-]+)(?:=([A-Za-z0-9_.-]*))?\s*$/.exec(part);
  if (tag) return ok({ type: 'tag', name: tag[1]!, value: tag[2] ?? '' });
  const clause = /^(\*?\+*)([A-Za-z0-9_./-]+)(\+*\*?)$/.exec(part.trim());
  if (!clause) return selection;
  const [, before = '', key = '', after = ''] = clause;
  const up = depthOf(before);
  const down = depthOf(after);
  const named: SelectionNode = { type: 'named', key };
  if (up === undefined && down === undefined) return ok(named);
  return ok({
    type: 'traverse',
    of: named,
    ...(up === undefined ? {} : { up }),
    ...(down === undefined ? {} : { down }),
  });
}

const depthOf = (signs: string): Depth | undefined =>
  signs === '' ? undefined : signs.includes('*') ? 'all' : signs.length;

// A comma between quotes is part of a value.
function splitAtCommas(text: string): readonly { readonly part: string; readonly offset: number }[] {
  const parts: { part: string; offset: number }[] = [];
  let offset = 0;
  let isQuoted = false;
  for (let i = 0; i <= text.length; i++) {
    if (text[i] === '"') isQuoted = !isQuoted;
    if (i < text.length && (text[i] !== ',' || isQuoted)) continue;
    parts.push({ part: text.slice(offset, i), offset });
    offset = i + 1;
  }
  return parts;
}
