// A saved project on disk. Assets go by their keys here: FILE may be replaced by another version of it, with
// other ids, and the history in the storage stays with the keys.

import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { err, ok, type Result } from '#base/result.ts';
import type { Asset, DataFile, ProjectDocument } from '#model/document.ts';
import type { BodyError } from '#model/events.ts';
import { asAssetId, asProjectId, type ProjectId } from '#model/ids.ts';
import { type DocumentProblem, parseDocument } from '#model/parse-document.ts';
import { sha256 } from '../node/sha256.ts';

const suffix = '.headwater.json';

export interface ProjectFile {
  readonly path: string;
  /** The file's name without its ending: a storage holds one project of a name, wherever FILE lies. */
  readonly projectId: ProjectId;
  /** Where data files lie. */
  readonly folder: string;
  readonly document: ProjectDocument;
}

export type OpenError =
  | { readonly type: 'WrongFile'; readonly message: string }
  | { readonly type: 'BadDocument'; readonly problems: readonly DocumentProblem[] };

export function openProjectFile(file: string): Result<ProjectFile, OpenError> {
  const path = resolve(file);
  const wrong = (message: string) => err<OpenError>({ type: 'WrongFile', message });
  let text: string;
  try {
    if (statSync(path).isDirectory())
      return wrong(`${file} is a folder. This version takes saved projects (*${suffix}).`);
    if (/\.[cm]?tsx?$/.test(path))
      return wrong(`${file} is a TypeScript module. This version takes saved projects (*${suffix}).`);
    text = readFileSync(path, 'utf8');
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code;
    return wrong(code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${code}).`);
  }
  const parsed = parseDocument(text);
  if (!parsed.ok) return err({ type: 'BadDocument', problems: parsed.error });
  const name = basename(path);
  return ok({
    path,
    projectId: asProjectId(name.endsWith(suffix) ? name.slice(0, -suffix.length) : name),
    folder: dirname(path),
    document: parsed.value,
  });
}

/** The document with each asset's key as its id. Keys must not stand twice: see validateDocument. */
export function documentByKey(document: ProjectDocument): ProjectDocument {
  const assets = [...document.assets.values()].map(
    (asset): Asset => ({ ...asset, id: asAssetId(asset.key) }),
  );
  return { ...document, assets: new Map(assets.map((asset) => [asset.id, asset])) };
}

/** A data file's bytes, from the document or from beside it; the error says what is wrong with them. */
export function readProjectData(project: ProjectFile, file: DataFile): Result<Uint8Array, BodyError> {
  let bytes: Uint8Array;
  if (file.data !== undefined) bytes = Buffer.from(file.data, 'base64');
  else {
    try {
      bytes = readFileSync(join(project.folder, file.path));
    } catch {
      return err({
        name: 'FileMissing',
        message: `The data file “${file.path}” is not beside ${basename(project.path)}.`,
      });
    }
  }
  if (sha256(bytes) !== file.sha256)
    return err({
      name: 'FileChanged',
      message: `The data file “${file.path}” is not the one the project was made with (its hash differs).`,
    });
  return ok(bytes);
}
