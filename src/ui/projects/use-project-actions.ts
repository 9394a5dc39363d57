// What can be done with projects as a whole: new, open a file, restore, save, back up, delete.

import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { formatDocument } from '#model/format-document.ts';
import type { ProjectId } from '#model/ids.ts';
import { flushDrafts } from '#ui/inspector/open-drafts.ts';
import { downloadFile, fileStem } from '#ui/kit/download.ts';
import { noticeDone, noticeError, noticeFault } from '#ui/kit/notices.ts';
import { useServices } from '#ui/kit/services.tsx';
import { type SideFile, withProjectPaths } from './side-files.ts';
import type { Example } from './use-examples.ts';

export interface ProjectActions {
  create(name: string): Promise<void>;
  /** Opens a project file, together with the data files that were chosen with it. */
  openFiles(files: readonly File[]): Promise<void>;
  openExample(example: Example): Promise<void>;
  restore(file: File): Promise<void>;
  saveToFile(projectId: ProjectId, name: string): Promise<void>;
  backUp(projectId: ProjectId, name: string): Promise<void>;
  /** Answers whether it is gone. */
  remove(projectId: ProjectId, name: string): Promise<boolean>;
}

export const projectFileEnding = '.headwater.json';
export const backupFileEnding = '.headwater.backup';

export const isProjectFile = (file: File): boolean => file.name.endsWith('.json');
export const isBackupFile = (file: File): boolean => file.name.endsWith(backupFileEnding);

export function useProjectActions(): ProjectActions {
  const { workspace, documents, runs } = useServices();
  const navigate = useNavigate();

  return useMemo((): ProjectActions => {
    const show = (projectId: ProjectId) => navigate({ to: '/p/$projectId/graph', params: { projectId } });

    // Foreign throws (fetch, files, the worker's death) become one notice.
    const attempt = async (title: string, act: () => Promise<void>): Promise<void> => {
      try {
        await act();
      } catch (error) {
        noticeFault(title, error);
      }
    };

    const importText = async (text: string, sideFiles: readonly SideFile[], title: string) => {
      const imported = await workspace.importProject(text, sideFiles);
      if (imported.ok) await show(imported.value);
      else noticeError(imported.error, title);
    };

    return {
      create: (name) =>
        attempt('The project was not made', async () => {
          const made = await workspace.createProject(name);
          if (made.ok) await show(made.value);
          else noticeError(made.error, 'The project was not made');
        }),

      openFiles: (files) =>
        attempt('The file was not opened', async () => {
          const backup = files.find(isBackupFile);
          const project = files.find(isProjectFile);
          if (!project && backup) {
            const restored = await workspace.restoreBackup(await bytesOf(backup));
            if (restored.ok) await show(restored.value);
            else noticeError(restored.error, `“${backup.name}” was not restored`);
          } else if (project) {
            const text = await project.text();
            const others = files.filter((file) => file !== project);
            const sideFiles = await Promise.all(
              others.map(async (file) => ({ path: file.name, bytes: await bytesOf(file) })),
            );
            await importText(text, withProjectPaths(text, sideFiles), `“${project.name}” was not opened`);
          } else noticeFault('No project was opened', `Choose a file that ends in ${projectFileEnding}.`);
        }),

      openExample: (example) =>
        attempt(`“${example.name}” was not opened`, async () => {
          const [text, sideFiles] = await Promise.all([
            fetchExample(example.file).then((response) => response.text()),
            Promise.all(
              example.sideFiles.map(async (path) => ({
                path,
                bytes: new Uint8Array(await (await fetchExample(path)).arrayBuffer()),
              })),
            ),
          ]);
          await importText(text, sideFiles, `“${example.name}” was not opened`);
        }),

      restore: (file) =>
        attempt(`“${file.name}” was not restored`, async () => {
          const restored = await workspace.restoreBackup(await bytesOf(file));
          if (restored.ok) await show(restored.value);
          else noticeError(restored.error, `“${file.name}” was not restored`);
        }),

      saveToFile: (projectId, name) =>
        attempt(`“${name}” was not saved to a file`, async () => {
          flushDrafts(documents);
          await documents.settled();
          const { text, sideFiles } = await workspace.exportProject(projectId);
          // What is on the screen goes into the file, all the more so when it could not be stored.
          const { projectId: shown, document } = documents.store.getState();
          const newest = shown === projectId ? formatDocument(document) : text;
          downloadFile(`${fileStem(name)}${projectFileEnding}`, newest, 'application/json');
          for (const { path, bytes } of sideFiles)
            downloadFile(path.slice(path.lastIndexOf('/') + 1), bytes, 'application/octet-stream');
          if (sideFiles.length > 0)
            noticeDone('The larger data files are saved beside the project. Keep them together.');
        }),

      backUp: (projectId, name) =>
        attempt(`“${name}” was not backed up`, async () => {
          flushDrafts(documents);
          await documents.settled();
          const bytes = await workspace.backupProject(projectId);
          downloadFile(`${fileStem(name)}${backupFileEnding}`, bytes, 'application/octet-stream');
        }),

      remove: async (projectId, name) => {
        try {
          if (documents.store.getState().projectId === projectId) {
            await workspace.closeProject();
            documents.close();
            runs.close();
          }
          const deleted = await workspace.deleteProject(projectId);
          if (!deleted.ok) noticeError(deleted.error, `“${name}” was not deleted`);
          return deleted.ok;
        } catch (error) {
          noticeFault(`“${name}” was not deleted`, error);
          return false;
        }
      },
    };
  }, [workspace, documents, runs, navigate]);
}

const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());

async function fetchExample(path: string): Promise<Response> {
  const response = await fetch(`examples/${path}`);
  if (!response.ok)
    throw new Error(`The app’s file examples/${path} could not be read (${response.status}).`);
  return response;
}
