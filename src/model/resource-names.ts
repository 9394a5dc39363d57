// Which resources a body names: `context.resources.http`, `context.resources['http']`,
// `const { http } = context.resources` and a parameter's `{ resources: { http } }`. Read off the tokens, never run.

import { type Token, tokenizer } from 'acorn';

/** A place where a body names a resource. Offsets are into the body's text. */
export interface ResourceUse {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** A name of its own, a quoted text, or the short form of a pattern, which also names the variable. */
  readonly form: 'name' | 'text' | 'shorthand';
}

/** What runs a body that may ask for resources. */
interface ResourceAsker {
  readonly body: string;
  readonly resources?: readonly string[];
}

const maxCached = 5_000;
const usesByBody = new Map<string, readonly ResourceUse[]>();

/** Every literal use of a resource, in the order of the text. What is half typed gives what stands before. */
export function resourceUses(body: string): readonly ResourceUse[] {
  if (!body.includes('resources')) return [];
  let uses = usesByBody.get(body);
  if (!uses) {
    uses = findUses(tokensOf(body), body);
    if (usesByBody.size >= maxCached) usesByBody.clear();
    usesByBody.set(body, uses);
  }
  return uses;
}

/** The keys that a body is given: those listed for it, or else those that it names. */
export const resourceKeysOf = ({ body, resources }: ResourceAsker): readonly string[] =>
  resources ?? [...new Set(resourceUses(body).map(({ key }) => key))];

/** A list of keys as a document has it: none where the body itself names just these. */
export function listedResources(
  body: string,
  keys: readonly string[] | undefined,
): readonly string[] | undefined {
  const named = resourceKeysOf({ body });
  const isNamed = keys?.length === named.length && keys.every((key) => named.includes(key));
  return isNamed ? undefined : keys;
}

/** The body with every literal use of one resource under its new key; variables keep their names. */
export function renameResourceUses(body: string, from: string, to: string): string {
  let text = body;
  for (const { key, start, end, form } of resourceUses(body).toReversed()) {
    if (key !== from) continue;
    const name = form === 'text' ? JSON.stringify(to) : form === 'name' ? to : `${to}: ${from}`;
    text = text.slice(0, start) + name + text.slice(end);
  }
  return text;
}

function tokensOf(body: string): readonly Token[] {
  const tokens: Token[] = [];
  try {
    for (const token of tokenizer(body, { ecmaVersion: 'latest', sourceType: 'module' })) tokens.push(token);
  } catch {
    // What stands before the place that cannot be read still counts.
  }
  return tokens;
}

const opening = new Set(['(', '[', '{', '${']);
const closing = new Set([')', ']', '}']);

function findUses(tokens: readonly Token[], body: string): ResourceUse[] {
  const label = (at: number): string => tokens[at]?.type.label ?? '';
  const text = (at: number): string => {
    const token = tokens[at];
    return token ? body.slice(token.start, token.end) : '';
  };
  const isName = (at: number): boolean => label(at) === 'name' || tokens[at]?.type.keyword !== undefined;
  const uses: ResourceUse[] = [];
  const parameters = parametersOf(tokens, label, text);
  const contexts = new Set<string>();
  for (let at = parameters.start; at < parameters.end; at++)
    if (label(at) === 'name' && (at === parameters.start || label(at - 1) === ',')) contexts.add(text(at));

  const addUse = (at: number, form: ResourceUse['form']): void => {
    const { start, end } = tokens[at]!;
    const key = form === 'text' ? String(Reflect.get(tokens[at]!, 'value')) : text(at);
    uses.push({ key, start, end, form });
  };
  // The names between the braces that begin at `at`, those of patterns inside them left out.
  const addPattern = (at: number): void => {
    let depth = 0;
    for (let i = at; i < tokens.length; i++) {
      if (opening.has(label(i))) depth += 1;
      if (closing.has(label(i))) depth -= 1;
      if (depth === 0) return;
      if (depth !== 1 || (label(i - 1) !== ',' && i - 1 !== at)) continue;
      if (label(i) === 'string' && label(i + 1) === ':') addUse(i, 'text');
      else if (isName(i)) addUse(i, label(i + 1) === ':' ? 'name' : 'shorthand');
    }
  };

  for (let at = 0; at < tokens.length; at++) {
    if (text(at) !== 'resources') continue;
    const isParameter = at >= parameters.start && at < parameters.end;
    if (isParameter && label(at + 1) === ':' && label(at + 2) === '{') addPattern(at + 2);
    const isMember = label(at - 1) === '.' || label(at - 1) === '?.';
    if (!isMember || !contexts.has(text(at - 2))) continue;
    if (label(at + 1) === '.' || label(at + 1) === '?.') {
      if (isName(at + 2)) addUse(at + 2, 'name');
      else if (label(at + 2) === '[' && label(at + 3) === 'string') addUse(at + 3, 'text');
    } else if (label(at + 1) === '[' && label(at + 2) === 'string') addUse(at + 2, 'text');
    else if (label(at - 3) === '=' && label(at - 4) === '}') {
      const start = openingOf(at - 4, label);
      if (start !== undefined) addPattern(start);
    }
  }
  return uses.toSorted((a, b) => a.start - b.start);
}

/** The tokens between the parentheses of the default export, or its one bare parameter. */
function parametersOf(
  tokens: readonly Token[],
  label: (at: number) => string,
  text: (at: number) => string,
): { readonly start: number; readonly end: number } {
  const none = { start: 0, end: 0 };
  const exported = tokens.findIndex((_, at) => label(at) === 'export' && label(at + 1) === 'default');
  if (exported < 0) return none;
  let at = exported + 2;
  while (at < tokens.length && label(at) !== '(') {
    if (label(at + 1) === '=>' && text(at) !== 'async') return { start: at, end: at + 1 };
    at += 1;
  }
  let depth = 0;
  for (let i = at; i < tokens.length; i++) {
    if (opening.has(label(i))) depth += 1;
    if (closing.has(label(i))) depth -= 1;
    if (depth === 0) return { start: at + 1, end: i };
  }
  return none;
}

function openingOf(end: number, label: (at: number) => string): number | undefined {
  let depth = 0;
  for (let at = end; at >= 0; at--) {
    if (closing.has(label(at))) depth += 1;
    if (opening.has(label(at))) depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}
