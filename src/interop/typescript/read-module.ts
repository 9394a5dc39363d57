// Takes a definition's module apart: its options, and the body as its author wrote it.

import { Arrow, Call, type Code, Fields, Item, Method, Name } from './code.ts';
import { importedText, importText } from './import-text.ts';
import { CodeParser, ReadError } from './parse-code.ts';
import { type ImportStatement, identifiersIn, readImports } from './read-imports.ts';

export interface ReadModule {
  /** Its calls under the names that `headwater` gives them. */
  readonly options: Fields;
  /** The type that the options are said to satisfy. */
  readonly optionsType: string | undefined;
  readonly body: string;
}

/** Throws a ReadError where the options cannot be read. A module without options is a body. */
export function readModule(text: string): ReadModule {
  const imports = readImports(text) ?? [];
  const statement = readOptions(text, imports.at(-1)?.end ?? 0);
  if (!statement) return { options: new Fields([]), optionsType: undefined, body: text };
  const { code, type, start, end } = statement;
  const rest = text.slice(end).replace(/^[ \t]*\n\n?/, '');
  const names = importedNames(imports);
  const options = resolved(code, names);
  const hoisted = ownImports(text.slice(0, start), imports, code, type, rest);
  return {
    options,
    optionsType: type === undefined ? undefined : (names.get(type) ?? type),
    body: hoisted === '' ? rest : `${hoisted}\n\n${rest}`,
  };
}

/** The definition that a module exports made: `export default new AssetSpec({ … })`. Undefined when it exports a function. */
export function readMadeModule(text: string): Code | undefined {
  const imports = readImports(text) ?? [];
  const parser = new CodeParser(text, imports.at(-1)?.end ?? 0);
  if (!parser.skip('export')) return undefined;
  parser.expect('default');
  if (parser.word === 'function' || parser.word === 'async' || parser.word === 'class') return undefined;
  const code = parser.expression();
  parser.skip(';');
  if (!parser.isAtEnd) parser.fail('Expected the end of the file.');
  return resolved(code, importedNames(imports));
}

interface OptionsStatement {
  readonly code: Fields;
  readonly type: string | undefined;
  readonly start: number;
  readonly end: number;
}

function readOptions(text: string, from: number): OptionsStatement | undefined {
  let parser: CodeParser;
  try {
    parser = new CodeParser(text, from);
  } catch {
    // A body that cannot be tokenized is a body all the same.
    return undefined;
  }
  const { start } = parser;
  const isExported = parser.skip('export');
  if (!parser.skip('const')) return undefined;
  const name = parser.name();
  if (isExported && name !== 'options') return undefined;
  let type = parser.skip(':') ? parser.type() : undefined;
  parser.expect('=');
  const code = parser.expression();
  if (!(code instanceof Fields)) throw new ReadError('The options must be an object.', start);
  type ??= /\bsatisfies\s+([\w$.]+)\s*$/.exec(text.slice(start, parser.end))?.[1];
  parser.skip(';');
  if (!isExported) {
    if (!parser.skip('export')) return undefined;
    for (const word of ['{', name, 'as', 'options', '}']) parser.expect(word);
    parser.skip(';');
  }
  return { code, type, start, end: parser.end };
}

/** By local name, what it is called in the module that it comes from. */
export function importedNames(imports: readonly ImportStatement[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { from, names: list } of imports)
    if (from === 'headwater' || from === 'zod')
      for (const { imported, local } of list) names.set(local, imported === '*' ? '' : imported);
  return names;
}

// The body's part of what is imported above the options: all but what the options alone need.
function ownImports(
  region: string,
  imports: readonly ImportStatement[],
  options: Fields,
  type: string | undefined,
  rest: string,
): string {
  // Imports that follow the options are the body's; those above are the options' alone then.
  const isApart = (readImports(rest)?.length ?? 0) > 0;
  const written = isApart ? new Set<string>() : identifiersIn(rest);
  const used = rootsOf(options);
  if (type !== undefined) used.add(type);
  const [first, second] = imports;
  const lead = region.slice(0, first?.start ?? region.length).trimEnd();
  let kept = '';
  let at = first?.start ?? region.length;
  const isForOptions = (local: string): boolean => used.has(local) && !written.has(local);
  if (first?.from === 'headwater' && first.names.some(({ local }) => isForOptions(local))) {
    const names = first.names.filter(({ local }) => !isForOptions(local));
    kept = names.length > 0 ? importText(names.map(importedText)) : '';
    at = afterLine(region, first.end);
    if (second?.from === 'zod' && second.names.every(({ local }) => isForOptions(local)))
      at = afterLine(region, second.end);
  } else if (first?.from === 'zod' && first.names.every(({ local }) => isForOptions(local)))
    at = afterLine(region, first.end);
  const hoisted = `${kept}${region.slice(at)}`.trimEnd();
  return lead === '' ? hoisted : `${lead}\n${hoisted}`.trimEnd();
}

const afterLine = (text: string, end: number): number => (text[end] === '\n' ? end + 1 : end);

function rootsOf(code: Code): Set<string> {
  const roots = new Set<string>();
  const add = (name: string): void => void roots.add(name.replace(/^new /, '').split('.')[0] ?? '');
  const walk = (part: Code): void => {
    if (Array.isArray(part)) for (const item of part) walk(item);
    else if (part instanceof Fields) for (const [, value] of part.entries) walk(value);
    else if (part instanceof Name) add(part.text);
    else if (part instanceof Call || part instanceof Method) {
      if (part instanceof Call) add(part.callee);
      else walk(part.target);
      for (const arg of part.args) walk(arg);
    } else if (part instanceof Item) {
      walk(part.target);
      walk(part.key);
    } else if (part instanceof Arrow) walk(part.result);
  };
  walk(code);
  return roots;
}

/** The same, its calls under the names that they were exported by. */
function resolved<T extends Code>(code: T, names: ReadonlyMap<string, string>): T;
function resolved(code: Code, names: ReadonlyMap<string, string>): Code {
  if (Array.isArray(code)) return code.map((item: Code) => resolved(item, names));
  if (code instanceof Fields)
    return new Fields(code.entries.map(([name, value]) => [name, resolved(value, names)]));
  if (code instanceof Method)
    return new Method(
      resolved(code.target, names),
      code.name,
      code.args.map((arg) => resolved(arg, names)),
    );
  if (!(code instanceof Call)) return code;
  const isNew = code.callee.startsWith('new ');
  const [root = '', ...more] = code.callee.replace(/^new /, '').split('.');
  const name = [names.get(root) ?? root, ...more].filter((part) => part !== '').join('.');
  return new Call(
    `${isNew ? 'new ' : ''}${name}`,
    code.args.map((arg) => resolved(arg, names)),
  );
}
