// An asset as a graph of one op, and back. What an asset destructures comes to an op by position; nothing else of the
// body's text changes.

import { err, ok, type Result } from '#base/result.ts';
import { isPlainName } from '../asset-key.ts';
import { applySplice } from '../body-edit.ts';
import { readBodyHead, readBodyParameters } from '../body-head.ts';
import type { GraphUnit, OpNode } from '../document.ts';
import { opOuts } from '../op-graph.ts';

interface OpBody {
  readonly body: string;
  /** The inputs, in the order in which they come. */
  readonly inputs: readonly string[];
}

const ownTypes = 'its parameters have types or defaults of their own: take them away first';

/** The body of an asset as that of an op; the error says why it cannot be one. */
export function bodyAsOp(body: string): Result<OpBody, string> {
  const head = readBodyHead(body);
  const parameters = readBodyParameters(body);
  if (!head.ok || !parameters.ok) return err('its body cannot be read: mend it first');
  if (/\bMaterializeResult\b/.test(body))
    return err('its body gives a MaterializeResult, and an op gives an Output: change that first');
  const [first, second] = parameters.value.list;
  if (!first) return ok({ body, inputs: [] });
  const { pattern, inputs } = head.value;
  const end = second && inputs.length === 0 ? second.start : first.end;
  // Behind the closing brace or the name, only a type or a default can stand.
  if (first.end !== (pattern ? pattern.end + 1 : first.start + (first.name ?? '').length))
    return err(ownTypes);
  const insert = inputs
    .map((input) => body.slice(input.start, input.end).replace(/^(?:"[^"]*"|'[^']*'|[\w$]+)\s*:\s*/, ''))
    .join(', ');
  const after = applySplice(body, { start: first.start, end, insert });
  const known = readBodyParameters(after);
  const count = parameters.value.list.length - 1 + inputs.length;
  if (!known.ok || known.value.list.length !== count) return err(ownTypes);
  return ok({ body: after, inputs: inputs.map(({ name }) => name) });
}

/** The op of a graph that is nothing more than one op around its inputs; the error says what else it is. */
export function onlyOp(unit: GraphUnit): Result<OpNode, string> {
  const [op, ...others] = unit.ops;
  if (!op || others.length > 0) return err('its graph has several ops');
  const outs = opOuts(op);
  if (outs.length !== 1 || outs[0]?.isDynamic) return err('its op gives several values');
  if ((unit.checks ?? []).length > 0) return err('its graph gives results of checks');
  return ok(op);
}

/** The body of an op that reads inputs of its graph only, as that of an asset. */
export function bodyAsAsset({ body, args }: OpNode): Result<string, string> {
  const parameters = readBodyParameters(body);
  if (!parameters.ok) return err('its body cannot be read: mend it first');
  const { list, start } = parameters.value;
  const names = args.map((arg) => ('input' in arg ? arg.input : ''));
  if (names.includes('') || new Set(names).size < names.length) return err('its op reads one input twice');
  const taken = list.slice(0, args.length);
  const parts: string[] = [];
  for (const [i, name] of names.entries()) {
    const parameter = taken[i];
    const text = parameter ? body.slice(parameter.start, parameter.end) : plainName(name);
    if (parameter?.name !== undefined && text !== parameter.name) return err(ownTypes);
    parts.push(text === name ? name : `${isPlainName(name) ? name : JSON.stringify(name)}: ${text}`);
  }
  const pattern = parts.length > 0 ? `{ ${parts.join(', ')} }` : '_';
  const [first] = taken;
  const last = taken.at(-1);
  if (first && last) return ok(applySplice(body, { start: first.start, end: last.end, insert: pattern }));
  if (parts.length === 0 && list.length === 0) return ok(body);
  return ok(applySplice(body, { start, end: start, insert: list.length > 0 ? `${pattern}, ` : pattern }));
}

function plainName(name: string): string {
  const text = name.replace(/[^\w$]/g, '_');
  return isPlainName(text) ? text : `_${text}`;
}
