// From a body's TypeScript to JavaScript of the same length that can stand inside a segment module:
// types blanked, imports blanked and listed, `export default` overwritten. Offsets stay, so an error's line
// and column are the author's own. Parses, never evaluates.

import {
  type ExportDefaultDeclaration,
  type ImportDeclaration,
  type Program,
  parse,
  type Token,
} from 'acorn';
import { err, ok, type Result } from '#base/result.ts';
import { positionAt } from '#model/position-at.ts';
import type { StripTypes } from './ports.ts';

/** One name that an import brings in. `imported` is "default", "*" or the exported name. */
export interface ImportBinding {
  readonly specifier: string;
  readonly imported: string;
  readonly local: string;
}

export interface CompiledCode {
  /** Same length and lines as the source. */
  readonly js: string;
  readonly lineCount: number;
  readonly imports: readonly ImportBinding[];
  /** The code without layout, comments and types: what a code version is computed from. */
  readonly tokens: string;
  /** Of modules. */
  readonly exportsDefault?: boolean;
}

export interface CompileProblem {
  readonly type: 'CompileProblem';
  readonly message: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** In a graph of ops: the op whose body it is. */
  readonly op?: string;
}

export type CompileResult = Result<CompiledCode, CompileProblem>;

const returnPrefix = 'return void 0,';

/** Compiles a body: imports and one default export that is a function, nothing else. */
export function compileBody(source: string, strip: StripTypes): CompileResult {
  const parsed = parseStripped(source, strip);
  if (!parsed.ok) return parsed;
  const { js, program, tokens } = parsed.value;
  const fail = (message: string, offset: number) =>
    err<CompileProblem>({ type: 'CompileProblem', message, ...positionAt(source, offset) });

  let exported: ExportDefaultDeclaration | undefined;
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration') continue;
    if (node.type !== 'ExportDefaultDeclaration')
      return fail(
        'A body has imports and one default export, nothing else. Put helpers inside the function, or in a shared module (#lib/…).',
        node.start,
      );
    exported = node;
  }
  if (!exported) return fail('The body has no default export: write `export default function …`.', 0);
  const { declaration } = exported;
  if (
    declaration.type !== 'FunctionDeclaration' &&
    declaration.type !== 'FunctionExpression' &&
    declaration.type !== 'ArrowFunctionExpression'
  )
    return fail('The default export must be a function.', declaration.start);
  if (/[\r\n\u2028\u2029]/.test(js.slice(exported.start, exported.start + returnPrefix.length)))
    return fail('Write `export default` on one line.', exported.start);

  const head = returnPrefix + blank(js.slice(exported.start + returnPrefix.length, declaration.start));
  const imports = program.body.filter((node): node is ImportDeclaration => node.type === 'ImportDeclaration');
  let text = js.slice(0, exported.start) + head + js.slice(declaration.start);
  for (const node of imports) text = blankRange(text, node.start, node.end);
  return ok({
    js: text,
    lineCount: countLines(text),
    imports: bindingsOf(imports),
    tokens: tokenText(js, tokens, imports),
  });
}

/** Compiles a shared module: its exports become the fields of the object that its factory returns. */
export function compileSharedModule(source: string, strip: StripTypes): CompileResult {
  const parsed = parseStripped(source, strip);
  if (!parsed.ok) return parsed;
  const { js, program, tokens } = parsed.value;
  const fail = (message: string, offset: number) =>
    err<CompileProblem>({ type: 'CompileProblem', message, ...positionAt(source, offset) });

  let text = js;
  const fields: string[] = [];
  for (const node of program.body) {
    if (node.type === 'ExportAllDeclaration' || (node.type === 'ExportNamedDeclaration' && node.source))
      return fail(
        'A shared module cannot re-export from another: import the names, then export them.',
        node.start,
      );
    if (node.type === 'ExportDefaultDeclaration') {
      // "export default" and "__default =   " have the same length; `let __default` stands before the module.
      const start = node.start;
      text = `${text.slice(0, start)}__default=${blank(text.slice(start + 10, node.declaration.start))}${text.slice(node.declaration.start)}`;
      fields.push('default: __default');
    } else if (node.type === 'ExportNamedDeclaration') {
      if (node.declaration) {
        text = blankRange(text, node.start, node.declaration.start);
        for (const name of declaredNames(node.declaration)) fields.push(name);
      } else {
        text = blankRange(text, node.start, node.end);
        for (const { local, exported } of node.specifiers) {
          const name = exported.type === 'Identifier' ? exported.name : JSON.stringify(exported.value);
          fields.push(`${name}: ${local.type === 'Identifier' ? local.name : ''}`);
        }
      }
    }
  }
  const imports = program.body.filter((node): node is ImportDeclaration => node.type === 'ImportDeclaration');
  for (const node of imports) text = blankRange(text, node.start, node.end);
  return ok({
    js: `${text}\nreturn { ${fields.join(', ')} };`,
    lineCount: countLines(text) + 1,
    imports: bindingsOf(imports),
    tokens: tokenText(js, tokens, imports),
    exportsDefault: fields.includes('default: __default'),
  });
}

function parseStripped(
  source: string,
  strip: StripTypes,
): Result<{ js: string; program: Program; tokens: Token[] }, CompileProblem> {
  const stripped = strip(source);
  if (!stripped.ok) {
    const { message, line = 1, column = 1 } = stripped.error;
    return err({ type: 'CompileProblem', message, line, column });
  }
  const tokens: Token[] = [];
  try {
    const program = parse(stripped.value, { ecmaVersion: 'latest', sourceType: 'module', onToken: tokens });
    return ok({ js: stripped.value, program, tokens });
  } catch (thrown) {
    const { message, pos } = thrown as SyntaxError & { pos?: number };
    return err({
      type: 'CompileProblem',
      message: message.replace(/ \(\d+:\d+\)$/, ''),
      ...positionAt(source, pos ?? 0),
    });
  }
}

function bindingsOf(imports: readonly ImportDeclaration[]): ImportBinding[] {
  return imports.flatMap((node) => {
    const specifier = String(node.source.value);
    // `#types/…` holds types only; an import of it that was not marked `type` binds nothing at run time.
    if (specifier.startsWith('#types/')) return [];
    return node.specifiers.map((binding): ImportBinding => {
      const local = binding.local.name;
      if (binding.type === 'ImportDefaultSpecifier') return { specifier, imported: 'default', local };
      if (binding.type === 'ImportNamespaceSpecifier') return { specifier, imported: '*', local };
      const { imported } = binding;
      return {
        specifier,
        imported: imported.type === 'Identifier' ? imported.name : String(imported.value),
        local,
      };
    });
  });
}

function tokenText(js: string, tokens: readonly Token[], imports: readonly ImportDeclaration[]): string {
  const typeImports = imports.filter((node) => String(node.source.value).startsWith('#types/'));
  let text = '';
  for (const token of tokens) {
    if (typeImports.some((node) => token.start >= node.start && token.end <= node.end)) continue;
    text += `${js.slice(token.start, token.end)}\u0000`;
  }
  return text;
}

function declaredNames(declaration: { type: string }): string[] {
  const node = declaration as unknown as {
    id?: { name: string };
    declarations?: { id: Pattern }[];
  };
  if (node.declarations) return node.declarations.flatMap((item) => patternNames(item.id));
  return node.id ? [node.id.name] : [];
}

type Pattern =
  | { type: 'Identifier'; name: string }
  | {
      type: 'ObjectPattern';
      properties: ({ type: 'Property'; value: Pattern } | { type: 'RestElement'; argument: Pattern })[];
    }
  | { type: 'ArrayPattern'; elements: (Pattern | null)[] }
  | { type: 'AssignmentPattern'; left: Pattern }
  | { type: 'RestElement'; argument: Pattern };

function patternNames(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((item) =>
        patternNames(item.type === 'Property' ? item.value : item.argument),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((item) => (item ? patternNames(item) : []));
    case 'AssignmentPattern':
      return patternNames(pattern.left);
    case 'RestElement':
      return patternNames(pattern.argument);
  }
}

const blank = (text: string): string => text.replace(/[^\r\n\u2028\u2029]/g, ' ');

const blankRange = (text: string, start: number, end: number): string =>
  text.slice(0, start) + blank(text.slice(start, end)) + text.slice(end);

function countLines(text: string): number {
  let lines = 1;
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) lines++;
  return lines;
}
