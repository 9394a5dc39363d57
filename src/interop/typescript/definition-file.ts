// A definition as a module: what its options need is imported, the options stand first, and the body follows as its
// author wrote it. The body's own imports go to the top where an empty line parts them from the rest.

import { readBodyHead } from '#model/body-head.ts';
import { Call, type Code, Fields, Method } from './code.ts';
import { importedText, importText } from './import-text.ts';
import { printCode } from './print-code.ts';
import { identifiersIn, readImports } from './read-imports.ts';
import { readModule } from './read-module.ts';

export interface DefinitionParts {
  readonly options: Fields;
  /** The type that the options satisfy; exported by `headwater`. */
  readonly optionsType: string;
  readonly body: string;
}

/** A module's text. Without options it is the body alone. */
export function definitionText(parts: DefinitionParts): string {
  const body = parts.body.endsWith('\n') ? parts.body : `${parts.body}\n`;
  if (parts.options.entries.length === 0) return body;
  const joined = moduleText({ ...parts, body }, true);
  // Where the two could not be told apart again, the body stands apart with its imports.
  return readModule(joined).body === body ? joined : moduleText({ ...parts, body }, false);
}

function moduleText({ options, optionsType, body }: DefinitionParts, isJoined: boolean): string {
  const { hoisted, rest } = isJoined ? splitImports(body) : { hoisted: '', rest: body };
  const taken = namesOf(body);
  // A name that the body uses without having it would be taken for its own when the file is read.
  const strange = isJoined ? new Set<string>() : identifiersIn(body);
  const used = usedNames(options);
  const locals = new Map<string, string>();
  const imported: string[] = [];
  for (const name of [optionsType, ...used.headwater]) {
    if (isJoined && taken.get(name) === `headwater ${name}`) continue;
    const local = taken.has(name) || strange.has(name) ? `${name}$` : name;
    locals.set(name, local);
    imported.push(`${name === optionsType ? 'type ' : ''}${name}${local === name ? '' : ` as ${local}`}`);
  }
  const zLocal = taken.has('z') || strange.has('z') ? 'z$' : 'z';
  const zod =
    used.zod && taken.get('z') !== 'zod z'
      ? `import { ${zLocal === 'z' ? 'z' : 'z as z$'} } from 'zod';
`
      : '';
  if (zod !== '') locals.set('z', zLocal);
  const own = zod === '' ? ownNames(hoisted, rest, used.headwater) : undefined;
  const lines = [
    imported.length + (own?.names.length ?? 0) === 0 ? '' : importText([...imported, ...(own?.names ?? [])]),
    zod,
    (own?.more ?? hoisted) === '' ? '' : `${own?.more ?? hoisted}\n`,
  ];
  const name = taken.has('options') ? 'options$' : 'options';
  const satisfied = locals.get(optionsType) ?? optionsType;
  const literal = printCode(renamed(options, locals), 0, 0, true);
  return `${lines.join('')}
${name === 'options' ? 'export ' : ''}const ${name} = ${literal} satisfies ${satisfied};
${name === 'options' ? '' : `export { ${name} as options };\n`}
${rest}`;
}

function splitImports(body: string): { readonly hoisted: string; readonly rest: string } {
  const end = readImports(body)?.at(-1)?.end;
  if (end === undefined || !/^\n\n(?!\n)/.test(body.slice(end, end + 3))) return { hoisted: '', rest: body };
  return { hoisted: body.slice(0, end), rest: body.slice(end + 2) };
}

// One import instead of two from one module, where reading can tell the names of the body from those of the options.
function ownNames(
  hoisted: string,
  rest: string,
  used: ReadonlySet<string>,
): { readonly names: readonly string[]; readonly more: string } | undefined {
  const first = readImports(hoisted)?.[0];
  if (first?.from !== 'headwater' || first.start !== 0 || first.names.length === 0) return undefined;
  if (first.names.some(({ imported }) => imported === 'default' || imported === '*')) return undefined;
  const names = first.names.map(importedText);
  if (!`${hoisted}\n`.startsWith(importText(names))) return undefined;
  const written = identifiersIn(rest);
  if (first.names.some(({ imported, local }) => used.has(imported) && !written.has(local))) return undefined;
  return { names, more: hoisted.slice(first.end).replace(/^\n/, '') };
}

/** What a body binds at its top, and to what: "headwater RetryPolicy" for an import under its own name. */
function namesOf(body: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { from, names: list } of readImports(body) ?? [])
    for (const { imported, local } of list) names.set(local, `${from} ${imported}`);
  const head = readBodyHead(body);
  if (head.ok && head.value.functionName) names.set(head.value.functionName.name, 'function');
  return names;
}

interface UsedNames {
  readonly headwater: ReadonlySet<string>;
  readonly zod: boolean;
}

/** What code needs to have imported. */
export function usedNames(code: Code): UsedNames {
  const headwater = new Set<string>();
  let zod = false;
  const walk = (part: Code): void => {
    if (Array.isArray(part)) for (const item of part) walk(item);
    else if (part instanceof Fields) for (const [, value] of part.entries) walk(value);
    else if (part instanceof Method) {
      walk(part.target);
      for (const arg of part.args) walk(arg);
    } else if (part instanceof Call) {
      const [root = ''] = part.callee.replace(/^new /, '').split('.');
      if (root === 'z') zod = true;
      else headwater.add(root);
      for (const arg of part.args) walk(arg);
    }
  };
  walk(code);
  return { headwater, zod };
}

/** The same with other names for what is called. */
function renamed<T extends Code>(code: T, locals: ReadonlyMap<string, string>): T;
function renamed(code: Code, locals: ReadonlyMap<string, string>): Code {
  if (Array.isArray(code)) return code.map((item: Code) => renamed(item, locals));
  if (code instanceof Fields)
    return new Fields(code.entries.map(([name, value]) => [name, renamed(value, locals)]));
  if (code instanceof Method)
    return new Method(
      renamed(code.target, locals),
      code.name,
      code.args.map((arg) => renamed(arg, locals)),
    );
  if (!(code instanceof Call)) return code;
  const [, isNew = '', root = '', more = ''] = /^(new )?([^.]+)(.*)$/.exec(code.callee) ?? [];
  return new Call(
    `${isNew}${locals.get(root) ?? root}${more}`,
    code.args.map((arg) => renamed(arg, locals)),
  );
}
