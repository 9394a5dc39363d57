// Writes the export into a folder of the user's choice, where the browser lets a page do that.

import { useMemo } from 'react';
import { flushDrafts } from '#ui/inspector/open-drafts.ts';
import { formatPlural } from '#ui/kit/format.ts';
import { noticeDone, noticeFault } from '#ui/kit/notices.ts';
import { useServices } from '#ui/kit/services.tsx';
import { noteExport } from './last-export.ts';

type PickFolder = (options: { readonly mode: 'readwrite' }) => Promise<FileSystemDirectoryHandle>;

export function useWriteFolder(): { write(): Promise<void>; readonly isOffered: boolean } {
  const { documents, workspace, preferences, clock } = useServices();
  return useMemo(() => {
    const pick = 'showDirectoryPicker' in window ? (window.showDirectoryPicker as PickFolder) : undefined;
    return {
      isOffered: pick !== undefined,
      async write() {
        if (!pick) return;
        try {
          const folder = await pick.call(window, { mode: 'readwrite' });
          flushDrafts(documents);
          await documents.settled();
          const { projectId, document } = documents.store.getState();
          if (projectId === undefined) return;
          const { filesOfProject } = await import('./project-zip.ts');
          const files = await filesOfProject(workspace, projectId, document);
          for (const [path, bytes] of files) await writeFile(folder, path, bytes);
          noteExport({ preferences, clock }, projectId);
          noticeDone(`${formatPlural(files.size, 'file')} written to “${folder.name}”.`);
        } catch (error) {
          // Closing the picker is an answer.
          if (error instanceof DOMException && error.name === 'AbortError') return;
          noticeFault('The project was not written', error);
        }
      },
    };
  }, [documents, workspace, preferences, clock]);
}

async function writeFile(root: FileSystemDirectoryHandle, path: string, bytes: Uint8Array): Promise<void> {
  const parts = path.split('/');
  const name = parts.pop() ?? path;
  let folder = root;
  for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
  const file = await folder.getFileHandle(name, { create: true });
  const stream = await file.createWritable();
  await stream.write(new Uint8Array(bytes));
  await stream.close();
}
