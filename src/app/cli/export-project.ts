// `headwater export`: a saved project as a folder that plain Node runs, or that Dagster does, with this very command in it.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExportProblem } from '#interop/dagster/find-problems.ts';
import { dagsterMark } from '#interop/dagster/write-package.ts';
import { type DagsterOptions, writeDagsterProject } from '#interop/dagster/write-project.ts';
import type { ProjectFile } from '#interop/typescript/project-files.ts';
import { canvasFormat, canvasPath } from '#interop/typescript/write-canvas.ts';
import { packageFiles, vendorFolder } from '#interop/typescript/write-package.ts';
import { writeProject } from '#interop/typescript/write-project.ts';
import { writeTypes } from '#interop/typescript/write-types.ts';
import type { DataFile, ProjectDocument } from '#model/document.ts';
import { messageText } from '#ui/kit/messages.ts';
import { openProjectFile, readProjectData } from './open-project-file.ts';
import type { CliCommand } from './parse-arguments.ts';
import type { ExitCode, Terminal } from './terminal.ts';
import { writeFolder } from './write-folder.ts';

/** `here` is the URL of the command's own file: what lies beside it goes along. */
export function exportProject(
  { file, out, dagster }: Extract<CliCommand, { readonly type: 'export' }>,
  here: string,
  terminal: Terminal,
): ExitCode {
  const opened = openProjectFile(file);
  if (!opened.ok) {
    const { error } = opened;
    for (const line of error.type === 'WrongFile' ? [error.message] : error.problems.map(messageText))
      terminal.say(line);
    return error.type === 'WrongFile' ? 2 : 1;
  }
  const folder = resolve(out);
  if (!mayWriteTo(folder)) {
    terminal.say(`${out} holds other files. Name a folder that is empty, new, or an earlier export.`);
    return 2;
  }
  const { document, path } = opened.value;
  const written = dagster ? dagsterExport(document, dagster) : typescriptExport(document);
  for (const line of written.said) terminal.say(line);
  if (!written.files) return 1;
  const { files, data, vendor } = written;
  const bytes = data.map((entry) => ({ ...entry, bytes: readProjectData(path, entry.file) }));
  const missing = bytes.flatMap((entry) => (entry.bytes.ok ? [] : [entry.bytes.error.message]));
  for (const line of missing) terminal.say(line);
  if (missing.length > 0) return 1;
  const all = new Map<string, Uint8Array>(files.map(({ path: place, text }) => [place, Buffer.from(text)]));
  for (const { path: place, bytes: content } of bytes) if (content.ok) all.set(place, content.value);
  const own = fileURLToPath(new URL('.', here));
  for (const name of readdirSync(own))
    if (/\.(mjs|cjs|d\.ts)$/.test(name)) all.set(`${vendor}/${name}`, readFileSync(join(own, name)));
  const { kept } = writeFolder(folder, all);
  for (const place of kept)
    terminal.say(
      `${place} is no part of the project any more. It was edited since the last export, so it stays.`,
    );
  terminal.out(`${files.length} files in ${out}`);
  return 0;
}

interface Export {
  /** Absent where the project cannot be written. */
  readonly files?: readonly ProjectFile[];
  readonly data: readonly { readonly path: string; readonly file: DataFile }[];
  /** Where the SDK belongs. */
  readonly vendor: string;
  /** What is different there, or why nothing is written. */
  readonly said: readonly string[];
}

function typescriptExport(document: ProjectDocument): Export {
  const { files, data } = writeProject(document);
  const all = [...files, ...packageFiles(document), ...writeTypes(document)];
  return { files: all, data, vendor: vendorFolder, said: [] };
}

function dagsterExport(document: ProjectDocument, options: DagsterOptions): Export {
  const written = writeDagsterProject(document, options);
  const lines = (problems: readonly ExportProblem[]) =>
    problems.map(({ subject, message }) => `${subject}: ${message}`);
  if (!written.ok) {
    const fatal = written.error.filter(({ isFatal }) => isFatal);
    return {
      data: [],
      vendor: '',
      said: [...lines(fatal), 'Nothing was written. With --partial the rest is.'],
    };
  }
  const { leftOut, notes } = written.value;
  const left = leftOut.length === 0 ? [] : ['Left out:', ...lines(leftOut).map((line) => `  ${line}`)];
  return { ...written.value, said: [...left, ...lines(notes)] };
}

function mayWriteTo(folder: string): boolean {
  if (!existsSync(folder)) return true;
  try {
    if (readdirSync(folder).length === 0) return true;
    const python = join(folder, 'pyproject.toml');
    if (existsSync(python)) return readFileSync(python, 'utf8').includes(dagsterMark);
    return readFileSync(join(folder, canvasPath), 'utf8').includes(canvasFormat);
  } catch {
    // No folder, or one without an export in it.
    return false;
  }
}
