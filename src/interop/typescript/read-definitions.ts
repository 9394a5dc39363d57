// `definitions.ts`: which modules there are, and what makes definitions of them.

import { Call, type Code, Fields, Name } from './code.ts';
import { CodeParser, ReadError } from './parse-code.ts';
import { readImports } from './read-imports.ts';

export interface ReadDefinition {
  /** As written: "./assets/orders.ts". */
  readonly from: string;
  /** "asset" and its like; absent where the module exports the definition made. */
  readonly maker?: string;
}

export interface ReadDefinitions {
  readonly definitions: readonly ReadDefinition[];
  readonly resources: readonly { readonly key: string; readonly from: string; readonly config?: Code }[];
  /** What stands there that cannot be read. */
  readonly problems: readonly { readonly message: string; readonly near: string }[];
}

/** Throws a ReadError where there is no `new Definitions({ … })`. */
export function readDefinitions(text: string): ReadDefinitions {
  const imports = readImports(text) ?? [];
  const modules = new Map<string, { readonly from: string; readonly imported: string }>();
  for (const { from, names } of imports)
    for (const { imported, local } of names) modules.set(local, { from, imported });
  const made = definitionsCall(text, imports.at(-1)?.end ?? 0);
  const problems: { message: string; near: string }[] = [];
  const definitions: ReadDefinition[] = [];
  const resources: { key: string; from: string; config?: Code }[] = [];
  const unreadable = (code: Code): void => {
    const near = code instanceof Name ? code.text : code instanceof Call ? code.callee : '';
    problems.push({
      message: `${near === '' ? 'A definition' : `“${near}”`} is left out: list modules of this project, as asset(module.options, module.default) or by their default import.`,
      near,
    });
  };
  const add = (code: Code): void => {
    const definition = definitionOf(code, modules);
    if (definition) definitions.push(definition);
    else unreadable(code);
  };
  for (const [name, value] of made.entries) {
    if ((name === 'assets' || name === 'assetChecks') && Array.isArray(value))
      for (const item of value) add(item);
    else if (name === 'resources' && value instanceof Fields)
      for (const [key, code] of value.entries) {
        const module = code instanceof Call ? modules.get(code.callee.replace(/^new /, '')) : undefined;
        if (!(code instanceof Call) || module?.imported !== 'default' || code.args.length > 1)
          unreadable(code);
        else {
          const [config] = code.args;
          resources.push({ key, from: module.from, ...(config === undefined ? {} : { config }) });
        }
      }
    else problems.push({ message: `“${name}” of the definitions is left out.`, near: name });
  }
  return { definitions, resources, problems };
}

function definitionsCall(text: string, from: number): Fields {
  const parser = new CodeParser(text, from);
  while (!parser.isAtEnd) {
    parser.skip('export');
    if (parser.skip('const')) {
      parser.name();
      parser.expect('=');
    } else if (!parser.skip('default')) break;
    const code = parser.expression();
    parser.skip(';');
    const [fields] = code instanceof Call && code.callee === 'new Definitions' ? code.args : [];
    if (fields instanceof Fields) return fields;
  }
  throw new ReadError('There is no `new Definitions({ … })` that can be read.', parser.start);
}

function definitionOf(
  code: Code,
  modules: ReadonlyMap<string, { readonly from: string; readonly imported: string }>,
): ReadDefinition | undefined {
  if (code instanceof Name) {
    const module = modules.get(code.text);
    return module?.imported === 'default' ? { from: module.from } : undefined;
  }
  const body = code instanceof Call ? code.args.at(-1) : undefined;
  if (!(code instanceof Call) || !(body instanceof Name)) return undefined;
  const [local = '', member] = body.text.split('.');
  const module = modules.get(local);
  const isWhole = member === 'default' ? module?.imported === '*' : module?.imported === 'default';
  return module && isWhole ? { from: module.from, maker: code.callee } : undefined;
}
