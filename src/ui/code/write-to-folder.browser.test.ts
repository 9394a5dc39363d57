import { expect, test } from 'vitest';
import { writeToFolder } from './write-to-folder.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function pathsIn(folder: FileSystemDirectoryHandle, prefix = ''): Promise<string[]> {
  const paths: string[] = [];
  for await (const [name, handle] of folder.entries())
    if (handle.kind === 'directory') {
      const inner = await pathsIn(handle as FileSystemDirectoryHandle, `${prefix}${name}/`);
      paths.push(...(inner.length > 0 ? inner : [`${prefix}${name}/`]));
    } else paths.push(prefix + name);
  return paths.sort();
}

test('a second export takes away what the first one wrote and is no longer made, and nothing else', async () => {
  const origin = await navigator.storage.getDirectory();
  const root = await origin.getDirectoryHandle('export', { create: true });
  const write = async (path: string, text: string) => {
    const stream = await (await root.getFileHandle(path, { create: true })).createWritable();
    await stream.write(text);
    await stream.close();
  };
  try {
    const first = ['a.ts', 'deep/er/gone.ts', 'edited.ts'];
    expect(await writeToFolder(root, new Map(first.map((path) => [path, bytes(path)])))).toEqual([]);
    await write('edited.ts', 'by hand');
    await write('mine.md', 'a note');
    expect(await writeToFolder(root, new Map([['a.ts', bytes('new')]]))).toEqual(['edited.ts']);
    expect(await pathsIn(root)).toEqual(['.headwater-export.json', 'a.ts', 'edited.ts', 'mine.md']);
    const file = await (await root.getFileHandle('a.ts')).getFile();
    expect(await file.text()).toBe('new');
  } finally {
    await origin.removeEntry('export', { recursive: true });
  }
});
