// Writes the export into a folder of the user's choice, where the browser lets a page do that.

import { useMemo } from 'react';
import type { CodeTarget } from '#interop/project-code.ts';
import { formatDocument } from '#model/format-document.ts';
import { trustOwn } from '#ui/arrivals/open-arrival.ts';
import { flushDrafts } from '#ui/inspector/open-drafts.ts';
import { formatPlural } from '#ui/kit/format.ts';
import { noticeDone, noticeFault } from '#ui/kit/notices.ts';
import { useServices } from '#ui/kit/services.tsx';
import { noteExport } from './last-export.ts';

type PickFolder = (options: { readonly mode: 'readwrite' }) => Promise<FileSystemDirectoryHandle>;

export function useWriteFolder(): { write(target: CodeTarget): Promise<void>; readonly isOffered: boolean } {
  const { documents, workspace, code, preferences, clock } = useServices();
  return useMemo(() => {
    const pick = 'showDirectoryPicker' in window ? (window.showDirectoryPicker as PickFolder) : undefined;
    return {
      isOffered: pick !== undefined,
      async write(target) {
        if (!pick) return;
        try {
          const folder = await pick.call(window, { mode: 'readwrite' });
          flushDrafts(documents);
          await documents.settled();
          const { projectId, document } = documents.store.getState();
          if (projectId === undefined) return;
          const { filesOfProject } = await import('./project-zip.ts');
          const { writeToFolder } = await import('./write-to-folder.ts');
          const files = await filesOfProject({ workspace, code }, projectId, document, target);
          const kept = await writeToFolder(folder, files);
          noteExport({ preferences, clock }, projectId, target);
          await trustOwn({ preferences, clock }, document.info.name, {
            documentText: formatDocument(document),
          });
          noticeDone(
            `${formatPlural(files.size, 'file')} written to “${folder.name}”.${
              kept.length === 0
                ? ''
                : ` No part of the project any more, but edited since the last export, so they stay: ${kept.join(', ')}.`
            }`,
          );
        } catch (error) {
          // Closing the picker is an answer.
          if (error instanceof DOMException && error.name === 'AbortError') return;
          noticeFault('The project was not written', error);
        }
      },
    };
  }, [documents, workspace, code, preferences, clock]);
}
