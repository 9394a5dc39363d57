// `headwater import typescript`: the folder of a TypeScript project as a saved one. Parsed, never run.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { readProject } from '#interop/typescript/read-project.ts';
import { isCasesFile } from '#interop/typescript/write-tests.ts';
import type { DataFile } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import { sha256 } from '../node/sha256.ts';
import type { ExitCode, Terminal } from './terminal.ts';

const maxInline = 256 * 1024;

export function importProject(
  { folder, out }: { readonly folder: string; readonly out: string },
  terminal: Terminal,
): ExitCode {
  const texts = new Map<string, string>();
  const data = new Map<string, Pick<DataFile, 'sha256' | 'bytes' | 'data'>>();
  let names: readonly string[];
  try {
    names = filesIn(folder);
  } catch (thrown) {
    terminal.say(`${folder} cannot be read as a folder (${(thrown as NodeJS.ErrnoException).code}).`);
    return 2;
  }
  for (const name of names) {
    const bytes = readFileSync(join(folder, name));
    if (/\.(ts|json)$/.test(name) && !name.startsWith('data/')) texts.set(name, bytes.toString('utf8'));
    else
      data.set(name, {
        sha256: sha256(bytes),
        bytes: bytes.length,
        ...(bytes.length <= maxInline ? { data: bytes.toString('base64') } : {}),
      });
  }
  const { document, problems, dataPaths } = readProject({ texts, data }, () => crypto.randomUUID());
  for (const { path, line, message } of problems) terminal.say(`${path}:${line}: ${message}`);
  if (document.assets.size === 0 && problems.length > 0) return 1;
  const target = resolve(out);
  mkdirSync(dirname(target), { recursive: true });
  for (const file of document.files.values()) {
    if (file.data !== undefined) continue;
    const beside = join(dirname(target), file.path);
    mkdirSync(dirname(beside), { recursive: true });
    writeFileSync(beside, readFileSync(join(folder, dataPaths.get(file.path) ?? file.path)));
  }
  writeFileSync(target, formatDocument(document));
  terminal.out(`${document.assets.size} assets in ${out}`);
  return problems.length > 0 ? 1 : 0;
}

/** Relative paths with "/", without what is no part of the project. */
const filesIn = (folder: string): readonly string[] =>
  readdirSync(resolve(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(resolve(folder).length + 1))
    .map((path) => path.split(sep).join('/'))
    .filter((path) => !/^(\.|vendor\/|types\/)|(^|\/)node_modules\//.test(path))
    .filter((path) => !path.startsWith('tests/') || isCasesFile(path))
    .sort();
