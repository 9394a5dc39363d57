// `headwater export --target typescript`: a saved project as a folder that plain Node runs, with this very command in it.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canvasFormat, canvasPath } from '#interop/typescript/write-canvas.ts';
import { packageFiles, vendorFolder } from '#interop/typescript/write-package.ts';
import { writeProject } from '#interop/typescript/write-project.ts';
import { writeTypes } from '#interop/typescript/write-types.ts';
import { messageText } from '#ui/kit/messages.ts';
import { openProjectFile, readProjectData } from './open-project-file.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** `here` is the URL of the command's own file: what lies beside it goes along. */
export function exportProject(
  { file, out }: { readonly file: string; readonly out: string },
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
  const { files, data } = writeProject(document);
  const bytes = data.map((entry) => ({ ...entry, bytes: readProjectData(path, entry.file) }));
  const missing = bytes.flatMap((entry) => (entry.bytes.ok ? [] : [entry.bytes.error.message]));
  for (const line of missing) terminal.say(line);
  if (missing.length > 0) return 1;
  const write = (place: string, content: string | Uint8Array): void => {
    const target = join(folder, place);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  };
  for (const { path: place, text } of [...files, ...packageFiles(document), ...writeTypes(document)])
    write(place, text);
  for (const { path: place, bytes: content } of bytes) if (content.ok) write(place, content.value);
  const own = fileURLToPath(new URL('.', here));
  for (const name of readdirSync(own))
    if (/\.(mjs|cjs|d\.ts)$/.test(name)) write(`${vendorFolder}/${name}`, readFileSync(join(own, name)));
  terminal.out(`${files.length} files in ${out}`);
  return 0;
}

function mayWriteTo(folder: string): boolean {
  if (!existsSync(folder)) return true;
  try {
    if (readdirSync(folder).length === 0) return true;
    return readFileSync(join(folder, canvasPath), 'utf8').includes(canvasFormat);
  } catch {
    // No folder, or one without an export in it.
    return false;
  }
}
