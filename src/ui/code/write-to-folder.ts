// An export in a folder that the browser lets the page write: its files, and a manifest of them. What an earlier export
// wrote there and this one does not is removed, unless somebody has edited it since.

import { manifestPath, manifestText, readManifest, staleFiles } from '#interop/export-manifest.ts';
import { sha256 } from './sha256.ts';

/** Answers with the paths of files that are no longer made but stay, as they were edited. */
export async function writeToFolder(
  root: FileSystemDirectoryHandle,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<readonly string[]> {
  const last = readManifest((await (await fileAt(root, manifestPath))?.text()) ?? '');
  const kept: string[] = [];
  // First, as where names of upper and lower case are one, a new file may lie where an old one did.
  for (const [path, hash] of staleFiles(last, files)) {
    const file = await fileAt(root, path);
    if (!file) continue;
    if ((await sha256(new Uint8Array(await file.arrayBuffer()))) === hash) await removeFile(root, path);
    else kept.push(path);
  }
  const hashes = new Map<string, string>();
  for (const [path, bytes] of files) {
    await writeFile(root, path, bytes);
    hashes.set(path, await sha256(bytes));
  }
  await writeFile(root, manifestPath, new TextEncoder().encode(manifestText(hashes)));
  return kept;
}

async function fileAt(root: FileSystemDirectoryHandle, path: string): Promise<File | undefined> {
  try {
    const { folder, name } = await placeOf(root, path, false);
    return await (await folder.getFileHandle(name)).getFile();
  } catch (error) {
    // There is none, or a folder in its place.
    if (error instanceof DOMException && /^(NotFound|TypeMismatch)Error$/.test(error.name)) return undefined;
    throw error;
  }
}

async function writeFile(root: FileSystemDirectoryHandle, path: string, bytes: Uint8Array): Promise<void> {
  const { folder, name } = await placeOf(root, path, true);
  const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await stream.write(new Uint8Array(bytes));
  await stream.close();
}

/** With the folders that are empty then. */
async function removeFile(root: FileSystemDirectoryHandle, path: string): Promise<void> {
  const parts = path.split('/');
  while (parts.length > 0) {
    const { folder, name } = await placeOf(root, parts.join('/'), false);
    await folder.removeEntry(name);
    const isEmpty = (await folder.keys().next()).done === true;
    if (!isEmpty) return;
    parts.pop();
  }
}

async function placeOf(root: FileSystemDirectoryHandle, path: string, create: boolean) {
  const parts = path.split('/');
  const name = parts.pop() ?? path;
  let folder = root;
  for (const part of parts) folder = await folder.getDirectoryHandle(part, { create });
  return { folder, name };
}
