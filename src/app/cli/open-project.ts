// FILE as a project: a saved one, a module that exports `Definitions`, or the folder of an exported project.

import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { err, ok, type Result } from '#base/result.ts';
import { definitionsPath } from '#interop/typescript/write-project.ts';
import { messageText } from '#ui/kit/messages.ts';
import { openModule } from './open-module.ts';
import { openProjectFile } from './open-project-file.ts';
import type { Project } from './project.ts';

export interface CannotOpen {
  /** 2 when FILE is not what the command takes, 1 when what is in it does not stand. */
  readonly code: 1 | 2;
  readonly lines: readonly string[];
}

/** `here` is the URL of the command's own file. Close what is opened. */
export async function openProject(file: string, here: string): Promise<Result<Project, CannotOpen>> {
  const entry = join(resolve(file), definitionsPath);
  if (existsSync(file) && statSync(file).isDirectory() && existsSync(entry)) {
    // Its data files are named from the project's folder.
    process.chdir(file);
    const folder = await openModule(entry, here);
    return folder.ok ? folder : err({ code: 1, lines: folder.error });
  }
  if (/\.(m?[jt]s)$/.test(file) && existsSync(file) && statSync(file).isFile()) {
    const module = await openModule(file, here);
    return module.ok ? module : err({ code: 1, lines: module.error });
  }
  if (/\.([cm]?[jt]sx?)$/.test(file) && existsSync(file))
    return err({
      code: 2,
      lines: [`${file} cannot be read as a module: name it *.ts, *.mts, *.js or *.mjs.`],
    });
  const saved = openProjectFile(file);
  if (saved.ok) return ok(saved.value);
  return err(
    saved.error.type === 'WrongFile'
      ? { code: 2, lines: [saved.error.message] }
      : { code: 1, lines: saved.error.problems.map(messageText) },
  );
}
