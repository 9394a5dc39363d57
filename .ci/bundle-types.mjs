// The declarations of the published entry in one file: each module that they reach as an ambient one, so that a project
// without a package manager has them by a single reference.

import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

/** The text of `headwater.d.ts`. Takes some seconds. */
export function bundleTypes(root) {
  const entry = join(root, 'src/app/package/index.ts');
  const config = ts.readConfigFile(join(root, 'tsconfig.node.json'), (path) => readFileSync(path, 'utf8'));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const program = ts.createProgram([entry], {
    ...options,
    noEmit: false,
    composite: false,
    incremental: false,
    declaration: true,
    emitDeclarationOnly: true,
    noCheck: true,
    outDir: join(root, 'dist/none'),
  });
  const texts = new Map();
  program.emit(undefined, (_path, text, _bom, _error, sources) => {
    const [source] = sources ?? [];
    if (source) texts.set(source.fileName, text);
  });
  const nameOf = (path) =>
    path === entry
      ? 'headwater'
      : `headwater/internal/${relative(join(root, 'src'), path).replace(/\.tsx?$/, '')}`;
  const folders = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).imports;
  const resolve = (from, specifier) => {
    if (specifier.startsWith('.')) return join(dirname(from), specifier);
    const [folder, ...rest] = specifier.split('/');
    const target = folders[`${folder}/*`];
    return target === undefined ? undefined : join(root, target.replace('*', rest.join('/')));
  };
  const blocks = [];
  const seen = new Set([entry]);
  for (const path of seen) {
    const body = (texts.get(path) ?? '')
      .replace(/(\bfrom\s+|\bimport\()(['"])([^'"]+)\2/g, (all, before, quote, specifier) => {
        const target = resolve(path, specifier);
        if (target === undefined || !texts.has(target)) return all;
        seen.add(target);
        return `${before}${quote}${nameOf(target)}${quote}`;
      })
      .replace(/^(export )?(default )?declare /gm, '$1$2');
    blocks.push(`declare module '${nameOf(path)}' {\n${body.replace(/^(?=.)/gm, '  ')}}\n`);
  }
  // Libraries that come along without their declarations.
  blocks.push(
    `declare module 'zod' {\n  export const z: any;\n}\n`,
    `declare module 'd3-array';\n`,
    `declare module 'date-fns';\n`,
  );
  return blocks.join('\n');
}
