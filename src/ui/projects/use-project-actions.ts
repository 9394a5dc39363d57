// What can be done with projects as a whole: new, open a file, restore, save, back up, rename, duplicate, delete.

import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { CodeTarget } from '#interop/project-code.ts';
import { isCarrierName } from '#interop/share/carrier-name.ts';
import { projectFileEnding } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import type { ProjectId } from '#model/ids.ts';
import { trustOwn } from '#ui/arrivals/open-arrival.ts';
import { useArrivals } from '#ui/arrivals/use-arrivals.ts';
import { noteExport } from '#ui/code/last-export.ts';
import { flushDrafts } from '#ui/inspector/open-drafts.ts';
import { downloadFile, fileStem } from '#ui/kit/download.ts';
import { formatPlural } from '#ui/kit/format.ts';
import { noticeDone, noticeError, noticeFault } from '#ui/kit/notices.ts';
import { useServices } from '#ui/kit/services.tsx';
import { noticeUndo } from '#ui/kit/undo-notice.tsx';
import { nameOfCopy } from './copy-name.ts';
import type { SideFile } from './side-files.ts';
import type { Example } from './use-examples.ts';

export interface ProjectActions {
  create(name: string): Promise<void>;
  /** Takes in a project file, with the data files that were chosen with it, a TypeScript project or a backup. */
  openFiles(files: readonly File[]): Promise<void>;
  openExample(example: Example): Promise<void>;
  restore(file: File): Promise<void>;
  saveToFile(projectId: ProjectId, name: string): Promise<void>;
  /** The open project as a zip of code that runs without the app. */
  exportCode(target: CodeTarget): Promise<void>;
  backUp(projectId: ProjectId, name: string): Promise<void>;
  /** All projects in one file. */
  backUpAll(): Promise<void>;
  /** Answers whether it has the new name. */
  rename(projectId: ProjectId, name: string): Promise<boolean>;
  /** A copy with its history, named after the original. */
  duplicate(projectId: ProjectId, name: string): Promise<void>;
  /** Puts a project aside, with a notice that offers to take that back. */
  remove(projectId: ProjectId, name: string): Promise<void>;
  /** Brings a deleted project back. */
  recover(projectId: ProjectId, name: string): Promise<void>;
  /** For good. Answers whether it is gone. */
  erase(projectId: ProjectId, name: string): Promise<boolean>;
}

export const backupFileEnding = '.headwater.backup';

export const isProjectFile = (file: File): boolean => file.name.endsWith('.json');
export const isZipFile = (file: File): boolean => file.name.endsWith('.zip');
/** A picture, page or text that may have a project inside. */
export const isCarrierFile = (file: File): boolean => isCarrierName(file.name);
export const isBackupFile = (file: File): boolean => file.name.endsWith(backupFileEnding);

export function useProjectActions(): ProjectActions {
  const { workspace, code, documents, runs, newId, preferences, clock } = useServices();
  const navigate = useNavigate();
  const arrivals = useArrivals();

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

    /** Reads it, and shows what it is. */
    const arrive = (file: File, others: readonly File[] = []) =>
      attempt(`“${file.name}” was not opened`, async () => {
        const { readCarrier, readProjectFile, readProjectZip } = await import('#ui/arrivals/read-arrival.ts');
        const read = isZipFile(file)
          ? readProjectZip(file, newId)
          : isCarrierFile(file)
            ? readCarrier(file)
            : readProjectFile(file, others);
        await arrivals.receive(await read, `“${file.name}”`);
      });

    const restoreFrom = async (file: File) => {
      const restored = await workspace.restoreBackup(await bytesOf(file));
      if (!restored.ok) return noticeError(restored.error, `“${file.name}” was not restored`);
      const [first, ...others] = restored.value;
      if (first !== undefined && others.length === 0) return show(first);
      noticeDone(`${formatPlural(restored.value.length, 'project')} restored.`);
      await navigate({ to: '/' });
    };

    /** The stores of the page let go of a project that is put aside or erased. */
    const closeIfOpen = async (projectId: ProjectId) => {
      if (documents.store.getState().projectId !== projectId) return;
      flushDrafts(documents);
      await documents.settled();
      await workspace.closeProject();
      documents.close();
      runs.close();
    };

    const recover = (projectId: ProjectId, name: string) =>
      attempt(`“${name}” was not brought back`, async () => {
        const recovered = await workspace.recoverProject(projectId);
        if (recovered.ok) noticeDone(`“${name}” is back, with its runs and values.`, `deleted-${projectId}`);
        else noticeError(recovered.error, `“${name}” was not brought back`);
      });

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
          const other = files.find(isZipFile) ?? files.find(isCarrierFile);
          if (project) {
            const others = files.filter((file) => file !== project);
            await arrive(project, others);
          } else if (backup) await restoreFrom(backup);
          else if (other) await arrive(other);
          else
            noticeFault(
              'No project was opened',
              `Choose a file that ends in ${projectFileEnding}, a zip of a TypeScript project, or a picture, page or text that carries one.`,
            );
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
          await restoreFrom(file);
        }),

      saveToFile: (projectId, name) =>
        attempt(`“${name}” was not saved to a file`, async () => {
          flushDrafts(documents);
          await documents.settled();
          const { text, sideFiles } = await workspace.exportProject(projectId);
          // What is on the screen goes into the file, all the more so when it could not be stored.
          const { projectId: shown, document } = documents.store.getState();
          const newest = shown === projectId ? formatDocument(document) : text;
          await trustOwn({ preferences, clock }, name, { documentText: newest });
          downloadFile(`${fileStem(name)}${projectFileEnding}`, newest, 'application/json');
          for (const { path, bytes } of sideFiles)
            downloadFile(path.slice(path.lastIndexOf('/') + 1), bytes, 'application/octet-stream');
          if (sideFiles.length > 0)
            noticeDone('The larger data files are saved beside the project. Keep them together.');
        }),

      exportCode: (target) =>
        attempt('The project was not exported', async () => {
          flushDrafts(documents);
          await documents.settled();
          const { projectId, document } = documents.store.getState();
          if (projectId === undefined) return;
          const { zipOfProject } = await import('#ui/code/project-zip.ts');
          const zip = await zipOfProject({ workspace, code }, projectId, document, target);
          await trustOwn({ preferences, clock }, document.info.name, {
            documentText: formatDocument(document),
          });
          const ending = target.type === 'dagster' ? '-dagster.zip' : '.zip';
          downloadFile(`${fileStem(document.info.name)}${ending}`, zip, 'application/zip');
          noteExport({ preferences, clock }, projectId, target);
        }),

      backUp: (projectId, name) =>
        attempt(`“${name}” was not backed up`, async () => {
          flushDrafts(documents);
          await documents.settled();
          const bytes = await workspace.backupProject(projectId);
          downloadFile(`${fileStem(name)}${backupFileEnding}`, bytes, 'application/octet-stream');
        }),

      backUpAll: () =>
        attempt('The projects were not backed up', async () => {
          flushDrafts(documents);
          await documents.settled();
          const day = new Date().toISOString().slice(0, 10);
          downloadFile(
            `headwater-${day}${backupFileEnding}`,
            await workspace.backupAll(),
            'application/octet-stream',
          );
        }),

      rename: async (projectId, name) => {
        try {
          const renamed = await workspace.renameProject(projectId, name);
          if (!renamed.ok) noticeError(renamed.error, 'The project was not renamed');
          return renamed.ok;
        } catch (error) {
          noticeFault('The project was not renamed', error);
          return false;
        }
      },

      duplicate: (projectId, name) =>
        attempt(`“${name}” was not duplicated`, async () => {
          const taken = new Set((await workspace.listProjects()).map((row) => row.name));
          const copyName = nameOfCopy(name, taken);
          const copied = await workspace.duplicateProject(projectId, copyName);
          if (copied.ok) noticeDone(`“${copyName}” is a copy with all runs and values.`);
          else noticeError(copied.error, `“${name}” was not duplicated`);
        }),

      remove: (projectId, name) =>
        attempt(`“${name}” was not deleted`, async () => {
          await closeIfOpen(projectId);
          const discarded = await workspace.discardProject(projectId);
          if (discarded.ok)
            noticeUndo(`Deleted “${name}”`, `deleted-${projectId}`, () => void recover(projectId, name));
          else noticeError(discarded.error, `“${name}” was not deleted`);
        }),

      recover,

      erase: async (projectId, name) => {
        try {
          await closeIfOpen(projectId);
          const erased = await workspace.deleteProject(projectId);
          if (!erased.ok) noticeError(erased.error, `“${name}” was not deleted`);
          return erased.ok;
        } catch (error) {
          noticeFault(`“${name}” was not deleted`, error);
          return false;
        }
      },
    };
  }, [workspace, code, documents, runs, newId, preferences, clock, navigate, arrivals]);
}

const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());

async function fetchExample(path: string): Promise<Response> {
  const response = await fetch(`examples/${path}`);
  if (!response.ok)
    throw new Error(`The app’s file examples/${path} could not be read (${response.status}).`);
  return response;
}
