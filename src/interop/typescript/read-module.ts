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

/** The text of the shared module that is imported as `#lib/<name>.ts`. */
export type SharedText = (name: string) => string | undefined;

/**
 * Throws a ReadError where the options cannot be read. A module without options is a body. Constants that only the
 * options name stand in them from then on.
 */
export function readModule(text: string, shared: SharedText = () => undefined): ReadModule {
  const imports = readImports(text) ?? [];
  const statement = readOptions(text, imports.at(-1)?.end ?? 0);
  if (!statement) return { options: new Fields([]), optionsType: undefined, body: text };
  const { type, start, end, constants } = statement;
  const rest = text.slice(end).replace(/^[ \t]*\n\n?/, '');
  const names = importedNames(imports);
  const known = new Map(constants.map(({ name, code }) => [name, code]));
  const imported = sharedConstants(imports, shared);
  const code = withConstants(statement.code, (name) => known.get(name) ?? imported(name));
  const options = resolved(code, names);
  const used = identifiersIn(rest);
  const region = constants.reduceRight(
    (before, { name, start, end }) =>
      used.has(name) ? before : before.slice(0, start) + before.slice(afterLine(before, end)),
    text.slice(0, start),
  );
  const hoisted = ownImports(region, imports, code, type, rest);
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

/** What imports from shared modules stand for, where those say it by literals and calls. */
function sharedConstants(
  imports: readonly ImportStatement[],
  shared: SharedText,
): (name: string) => Code | undefined {
  const places = new Map<string, readonly [text: string, name: string]>();
  for (const { from, names } of imports) {
    const module = /^#lib\/(.+)\.ts$/.exec(from)?.[1];
    const text = module === undefined ? undefined : shared(module);
    if (text !== undefined) for (const { imported, local } of names) places.set(local, [text, imported]);
  }
  return (local) => {
    const [text, name] = places.get(local) ?? [];
    if (text === undefined || name === undefined || !/^[\w$]+$/.test(name)) return undefined;
    const start = new RegExp(`^export const ${name.replaceAll('$', '\\$')}\\s*=`, 'm').exec(text);
    if (!start) return undefined;
    try {
      const own = importedNames(readImports(text) ?? []);
      return resolved(new CodeParser(text, start.index + start[0].length).expression(), own);
    } catch (thrown) {
      if (thrown instanceof ReadError) return undefined;
      throw thrown;
    }
  };
}

interface Constant {
  readonly name: string;
  readonly code: Code;
  readonly start: number;
  readonly end: number;
}

interface OptionsStatement {
  readonly code: Fields;
  /** What stands above the options for them to name. */
  readonly constants: readonly Constant[];
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
  const constants: Constant[] = [];
  let { start } = parser;
  let isExported = parser.skip('export');
  for (;;) {
    if (!parser.skip('const')) return undefined;
    const name = parser.name();
    if (isExported && name !== 'options') return undefined;
    let type = parser.skip(':') ? parser.type() : undefined;
    parser.expect('=');
    const code = parser.expression();
    type ??= /\bsatisfies\s+([\w$.]+)\s*$/.exec(text.slice(start, parser.end))?.[1];
    parser.skip(';');
    const { end } = parser;
    const next = parser.start;
    const isNextExported = !isExported && parser.skip('export');
    if (isExported || (isNextExported && parser.skip('{'))) {
      if (!isExported) for (const word of [name, 'as', 'options', '}']) parser.expect(word);
      parser.skip(';');
      if (!(code instanceof Fields)) throw new ReadError('The options must be an object.', start);
      return { code, constants, type, start, end: parser.end };
    }
    constants.push({ name, code, start, end });
    start = next;
    isExported = isNextExported;
  }
}

/** The code with names replaced by what they stand for, as long as that ends. */
function withConstants(code: Fields, constantOf: (name: string) => Code | undefined): Fields {
  let followed = 0;
  const known = (name: string): Code | undefined => {
    const constant = constantOf(name);
    if (constant !== undefined) followed += 1;
    return followed > mostNames ? undefined : constant;
  };
  function inside<T extends Code>(part: T): T;
  function inside(part: Code): Code {
    if (Array.isArray(part)) return part.map((item: Code) => inside(item));
    if (part instanceof Fields) return new Fields(part.entries.map(([name, value]) => [name, inside(value)]));
    if (part instanceof Name) {
      const constant = known(part.text);
      return constant === undefined ? part : inside(constant);
    }
    if (part instanceof Method) return new Method(inside(part.target), part.name, part.args.map(inside));
    if (!(part instanceof Call)) return part;
    // `fields.extend(…)` is read as a call of that name.
    const [, root = '', method = ''] = /^([\w$]+)\.([\w$]+)$/.exec(part.callee) ?? [];
    const target = root === '' ? undefined : known(root);
    return target === undefined
      ? new Call(part.callee, part.args.map(inside))
      : new Method(inside(target), method, part.args.map(inside));
  }
  return inside(code);
}

/** How often names are followed: constants that name others twice, and those others twice, have no end. */
const mostNames = 500;

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
