// A body under another name: its function and the types that it imports as its own are called like what it is of.

import { isPlainName, keyName } from '../asset-key.ts';
import { applySplice } from '../body-edit.ts';
import { readBodyParameters } from '../body-head.ts';

/** The body of what is called `to`, where it was called `from`: a key, or the name of a unit, an op or a check. */
export function bodyUnderName(body: string, from: string, to: string): string {
  return withFunctionName(body, keyName(from), keyName(to))
    .replaceAll(`'#types/${from}'`, `'#types/${to}'`)
    .replaceAll(`"#types/${from}"`, `"#types/${to}"`);
}

// The function follows where it was called so before, and names itself nowhere else.
function withFunctionName(body: string, from: string, to: string): string {
  const head = readBodyParameters(body);
  const fn = head.ok ? head.value.functionName : undefined;
  return fn && fn.name === from && isPlainName(to) && !usesName(body, fn)
    ? applySplice(body, { start: fn.start, end: fn.end, insert: to })
    : body;
}

// Does the body name its own function again (recursion)? Then the name is left alone.
function usesName(body: string, fn: { name: string; start: number; end: number }): boolean {
  const rest = body.slice(0, fn.start) + body.slice(fn.end);
  return new RegExp(`(?<![\\w$/])${fn.name.replaceAll('$', '\\$')}(?![\\w$])`).test(
    rest.replace(/['"]#types\/[^'"]*['"]/g, ''),
  );
}
