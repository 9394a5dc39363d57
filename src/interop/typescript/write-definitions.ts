// `definitions.ts`: everything that the other files define, in one `Definitions`.

import { Call, type Code, Fields, fields, Name } from './code.ts';
import { resourceFieldsCode } from './config-code.ts';
import { usedNames } from './definition-file.ts';
import type { DefinitionName, FileNames } from './file-names.ts';
import { importText } from './import-text.ts';
import { printCode } from './print-code.ts';

/** `makers` says what makes a definition of each module, by path; a module without one exports it made. */
export interface DefinitionModule {
  readonly name: DefinitionName;
  readonly maker: string | undefined;
  readonly hasOptions: boolean;
}

export function writeDefinitions(
  names: FileNames,
  modules: { readonly assets: readonly DefinitionModule[]; readonly checks: readonly DefinitionModule[] },
): string {
  const resources = resourcesCode(names);
  const all = new Call('new Definitions', [
    fields({
      assets: modules.assets.map(definitionCode),
      assetChecks: modules.checks.length > 0 ? modules.checks.map(definitionCode) : undefined,
      resources: resources.entries.length > 0 ? resources : undefined,
    }),
  ]);
  const locals = new Set([...names.resources.values()].map(({ local }) => local));
  const imported = [...usedNames(all).headwater].filter((name) => !locals.has(name));
  const imports = [
    ...[...modules.assets, ...modules.checks].map(({ name, maker }) =>
      maker === undefined
        ? `import ${name.local} from './${name.path}';\n`
        : `import * as ${name.local} from './${name.path}';\n`,
    ),
    ...[...names.resources.values()].map(({ local, path }) => `import ${local} from './${path}';\n`),
  ];
  return `${importText(imported)}${imports.join('')}\nexport default ${printCode(all, 0, 15)};\n`;
}

function definitionCode({ name, maker, hasOptions }: DefinitionModule): Code {
  if (maker === undefined) return new Name(name.local);
  const body = new Name(`${name.local}.default`);
  return new Call(maker, hasOptions ? [new Name(`${name.local}.options`), body] : [body]);
}

const resourcesCode = (names: FileNames): Fields =>
  new Fields(
    names.order.resources.map(({ key, config }) => {
      const local = names.resources.get(key)?.local ?? key;
      const given = resourceFieldsCode(config);
      const isEmpty = given === undefined || (given instanceof Fields && given.entries.length === 0);
      return [key, new Call(`new ${local}`, isEmpty ? [] : [given])];
    }),
  );
