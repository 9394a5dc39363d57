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
  /** Names of the context, and of all its resources. */
  const contexts = new Set<string>();
  const holders = new Set<string>();

  const addUse = (at: number, form: ResourceUse['form']): void => {
    const { start, end } = tokens[at]!;
    const key = form === 'text' ? String(Reflect.get(tokens[at]!, 'value')) : text(at);
    uses.push({ key, start, end, form });
  };
  // Where the entries of the pattern begin whose brace is at `at`, those of patterns inside it left out.
  const entriesOf = (at: number): number[] => {
    const entries: number[] = [];
    let depth = 0;
    for (let i = at; i < tokens.length; i++) {
      if (opening.has(label(i))) depth += 1;
      if (closing.has(label(i))) depth -= 1;
      if (depth === 0) break;
      if (depth === 1 && i > at && (label(i - 1) === ',' || i - 1 === at)) entries.push(i);
    }
    return entries;
  };
  const addPattern = (at: number): void => {
    for (const entry of entriesOf(at))
      if (label(entry) === 'string' && label(entry + 1) === ':') addUse(entry, 'text');
      else if (isName(entry)) addUse(entry, label(entry + 1) === ':' ? 'name' : 'shorthand');
  };
  // What a pattern that takes the context apart, its brace at `at`, makes of the resources.
  const takeApart = (at: number, isOfInputs = false): void => {
    for (const entry of entriesOf(at)) {
      if (text(entry) !== 'resources') continue;
      const isNamed = label(entry + 1) === ':';
      if (isNamed && label(entry + 2) === '{') addPattern(entry + 2);
      else if (!isOfInputs) holders.add(isNamed ? text(entry + 2) : 'resources');
    }
  };
  // What is done with all resources, where the words that say so begin at `start` and end at `end`.
  const addHeld = (start: number, end: number): void => {
    if (label(end + 1) === '.' || label(end + 1) === '?.') {
      if (isName(end + 2)) addUse(end + 2, 'name');
      else if (label(end + 2) === '[' && label(end + 3) === 'string') addUse(end + 3, 'text');
    } else if (label(end + 1) === '[' && label(end + 2) === 'string') addUse(end + 2, 'text');
    else if (label(start - 1) === '=' && label(start - 2) === 'name') holders.add(text(start - 2));
    else if (label(start - 1) === '=' && label(start - 2) === '}') {
      const brace = openingOf(start - 2, label);
      if (brace !== undefined) addPattern(brace);
    }
  };

  let depth = 0;
  for (let at = parameters.start; at < parameters.end; at++) {
    const isFirst = at === parameters.start;
    const begins = depth === 0 && (isFirst || label(at - 1) === ',');
    if (begins && label(at) === 'name') contexts.add(text(at));
    if (begins && label(at) === '{') takeApart(at, isFirst);
    if (opening.has(label(at))) depth += 1;
    if (closing.has(label(at))) depth -= 1;
  }
  for (let at = 0; at < tokens.length; at++) {
    if (at === parameters.start) at = parameters.end;
    const isMember = label(at - 1) === '.' || label(at - 1) === '?.';
    if (isMember) {
      if (text(at) === 'resources' && contexts.has(text(at - 2))) addHeld(at - 2, at);
    } else if (holders.has(text(at))) addHeld(at, at);
    else if (contexts.has(text(at)) && label(at - 1) === '=' && label(at - 2) === '}') {
      const brace = label(at + 1) === '.' || label(at + 1) === '?.' ? undefined : openingOf(at - 2, label);
      if (brace !== undefined) takeApart(brace);
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
