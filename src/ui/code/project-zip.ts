// The open project as the files of an export, and such a zip as a project file. Loaded when it is asked for.

import type { WorkspacePort } from '#engine/workspace-port.ts';
import type { CodePort } from '#interop/code-port.ts';
import { manifestPath, manifestText } from '#interop/export-manifest.ts';
import type { CodeTarget } from '#interop/project-code.ts';
import { type ReadProblem, readProject } from '#interop/typescript/read-project.ts';
import {
  exportedBytes,
  unzipKit,
  unzipProject,
  type ZipProblem,
  zipOf,
} from '#interop/typescript/zip-project.ts';
import type { ProjectDocument } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import type { ProjectId } from '#model/ids.ts';
import { sha256 } from './sha256.ts';

/** As a zip, with the manifest that lets a later export into the same folder know these files. */
export async function zipOfProject(...of: Parameters<typeof filesOfProject>): Promise<Uint8Array> {
  const files = await filesOfProject(...of);
  const hashes = new Map<string, string>();
  for (const [path, bytes] of files) hashes.set(path, await sha256(bytes));
  return zipOf(new Map([...files, [manifestPath, new TextEncoder().encode(manifestText(hashes))]]));
}

/** Every file, by path. Throws a sentence where the project, a data file or the app's own part cannot be written. */
export async function filesOfProject(
  { workspace, code }: { readonly workspace: Pick<WorkspacePort, 'readFile'>; readonly code: CodePort },
  projectId: ProjectId,
  document: ProjectDocument,
  target: CodeTarget,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const plan = await code.write(new AbortController().signal, document, target);
  if (plan.texts.size === 0) {
    const first = plan.problems.find(({ isFatal }) => isFatal);
    throw new Error(first ? `${first.subject}: ${first.message}` : 'It cannot be written.');
  }
  const kit = await fetch('export-kit.zip');
  if (!kit.ok) throw new Error(`The app’s file export-kit.zip could not be read (${kit.status}).`);
  const data = new Map<string, Uint8Array>();
  for (const { file: at } of plan.data) {
    const file = document.files.get(at.path);
    if (!file) continue;
    const bytes = await workspace.readFile(projectId, file);
    if (!bytes.ok) throw new Error(bytes.error.message);
    data.set(file.path, bytes.value);
  }
  return exportedBytes(plan, data, unzipKit(new Uint8Array(await kit.arrayBuffer())));
}

export interface ProjectFromZip {
  /** As a project file has it. */
  readonly text: string;
  /** Data files that are too large to stand in the text. */
  readonly sideFiles: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  readonly problems: readonly ReadProblem[];
}

/** Throws a sentence when the zip is none, or no exported project. Nothing in it is run. */
export async function projectFromZip(zip: Uint8Array, newId: () => string): Promise<ProjectFromZip> {
  const unzipped = await unzipProject(zip, { sha256, toBase64 });
  if (!unzipped.ok) throw new Error(zipText(unzipped.error));
  const { document, problems, dataPaths } = readProject(unzipped.value, newId);
  const [first] = problems;
  if (document.assets.size === 0 && first)
    throw new Error(`Nothing in it could be read. ${first.path}, line ${first.line}: ${first.message}`);
  const sideFiles = [...document.files.values()].flatMap(({ path, data }) => {
    const bytes = data === undefined ? unzipped.value.bytes.get(dataPaths.get(path) ?? path) : undefined;
    return bytes ? [{ path, bytes }] : [];
  });
  return { text: formatDocument(document), sideFiles, problems };
}

function zipText(problem: ZipProblem): string {
  switch (problem.type) {
    case 'ZipUnreadable':
      return `It is no zip that can be read: ${problem.detail}.`;
    case 'ZipTooLarge':
      return 'It unpacks to more than 1 GB, to more than 50 times its size, or to more than 100,000 files.';
    case 'ZipNoProject':
      return 'There is no definitions.ts in it: it is no exported TypeScript project.';
  }
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}
