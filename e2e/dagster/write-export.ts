// Examples of the gallery as Dagster projects in a folder, with the built command line as their SDK.

import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DagsterProject, writeDagsterProject } from '#interop/dagster/write-project.ts';
import type { DataFile, ProjectDocument } from '#model/document.ts';
import { parseDocument } from '#model/parse-document.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const examplesFolder = join(root, 'public', 'examples');
export const commandFile = join(root, 'dist', 'cli', 'headwater.mjs');

export function exampleOf(name: string): ProjectDocument {
  const parsed = parseDocument(readFileSync(join(examplesFolder, `${name}.headwater.json`), 'utf8'));
  if (!parsed.ok) throw new Error(`The example ${name} cannot be read.`);
  return parsed.value;
}

/** Writes the export of an example into a folder; answers with the name of its package. */
export function writeExport(example: string, folder: string): string {
  const written = writeDagsterProject(exampleOf(example));
  if (!written.ok) throw new Error(written.error.map(({ message }) => message).join('\n'));
  const { vendor } = written.value;
  writeFilesOf(written.value, folder, (file) =>
    file.data === undefined
      ? readFileSync(join(examplesFolder, file.path))
      : Buffer.from(file.data, 'base64'),
  );
  const kit = dirname(commandFile);
  for (const name of readdirSync(kit))
    if (/\.(mjs|cjs|d\.ts)$/.test(name)) cpSync(join(kit, name), join(folder, vendor, name));
  return vendor.split('/')[0]!;
}

/** Writes the files of an export, without its SDK. */
export function writeFilesOf(
  { files, data }: DagsterProject,
  folder: string,
  bytesOf: (file: DataFile) => Uint8Array,
): void {
  const place = (path: string): string => {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    return target;
  };
  for (const { path, text } of files) writeFileSync(place(path), text);
  for (const { path, file } of data) writeFileSync(place(path), bytesOf(file));
}
