// The project as the files of an export, as they are now: read, edited, compared, downloaded, or written to a folder.

import { Button, Switch } from '@mantine/core';
import { IconDownload, IconFolderDown } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { listingOf, placeOfAsset, projectPaths } from '#interop/typescript/file-places.ts';
import { definitionsPath } from '#interop/typescript/write-project.ts';
import { formatPlural } from '#ui/kit/format.ts';
import list from '#ui/kit/list-page.module.css';
import { EmptyState } from '#ui/kit/panel-state.tsx';
import { useDocument, useServices, useSession } from '#ui/kit/services.tsx';
import { Splitter } from '#ui/kit/splitter.tsx';
import { useTitle } from '#ui/kit/use-title.ts';
import { useProjectActions } from '#ui/projects/use-project-actions.ts';
import css from './code-page.module.css';
import { FilePane } from './file-pane.tsx';
import { FileTree } from './file-tree.tsx';
import { lastExportOf } from './last-export.ts';
import { useExportChanges } from './use-export-changes.ts';
import { useWriteFolder } from './use-write-folder.ts';

/** `path`: the file that the address names. */
export function CodePage({ path: wanted }: { readonly path: string | undefined }) {
  const services = useServices();
  // The canvas goes first: the files follow when there is time.
  const document = useDeferredValue(useDocument((state) => state.document));
  const projectId = useDocument((state) => state.projectId);
  const selected = useSession((state) => state.selectedAssets);
  const actions = useProjectActions();
  const { write, isOffered } = useWriteFolder();
  const [isBusy, setIsBusy] = useState(false);
  const [isComparing, setIsComparing] = useState(false);
  // Asked for anew each time: an export under way ends with a newer one.
  const exportedAt = projectId === undefined ? undefined : lastExportOf(services, projectId);
  const changes = useExportChanges(document, isComparing ? exportedAt : undefined);
  const paths = useMemo(() => (changes ? [...changes.keys()] : projectPaths(document)), [document, changes]);
  const places = useMemo(
    () => [...selected].flatMap((id) => placeOfAsset(document, id) ?? []),
    [document, selected],
  );
  const marked = useMemo(() => new Set(places.map(({ path }) => path)), [places]);
  const named = changes ? (paths.find((path) => path === wanted) ?? paths[0]) : wanted;
  const shown = named ?? places[0]?.path ?? definitionsPath;
  useTitle(shown, 'Code', document.info.name);
  if (projectId === undefined) return null;
  const busily = async (act: () => Promise<void>) => {
    setIsBusy(true);
    await act();
    setIsBusy(false);
  };
  const [place] = places;
  const marksIn = (text: string) =>
    shown === definitionsPath && place
      ? listingOf(document, place.path, text)
      : places.find(({ path }) => path === shown)?.marks(text);
  return (
    <div className={list.page}>
      <header className={list.head}>
        <h1 className={list.title}>Code</h1>
        <span className={list.count} role="status">
          {formatPlural(paths.length, 'file')}{' '}
          {changes ? 'changed since the last export' : 'of a TypeScript project that plain Node runs'}
        </span>
        <div className={list.filters}>
          {exportedAt === undefined ? null : (
            <Switch
              label="Changes since the last export"
              checked={isComparing}
              onChange={(event) => setIsComparing(event.currentTarget.checked)}
            />
          )}
          {isOffered ? (
            <Button
              variant="default"
              leftSection={<IconFolderDown size={16} stroke={1.5} />}
              disabled={isBusy}
              onClick={() => void busily(write)}
            >
              Write to a folder
            </Button>
          ) : null}
          <Button
            leftSection={<IconDownload size={16} stroke={1.5} />}
            disabled={isBusy}
            onClick={() => void busily(actions.exportTypeScript)}
          >
            Download zip
          </Button>
        </div>
      </header>
      <div className={css.body}>
        {changes?.size === 0 ? (
          <EmptyState title="Nothing has changed since the last export">
            The files that were downloaded or written last say the same as the graph.
          </EmptyState>
        ) : (
          <Splitter
            name="code-files"
            direction="columns"
            label="Files"
            sizedAt="start"
            initialSize={272}
            minSize={160}
            minFirst={240}
            second={<FileTree projectId={projectId} paths={paths} shown={shown} marked={marked} />}
            first={
              <FilePane
                key={shown}
                projectId={projectId}
                document={document}
                path={shown}
                marksIn={marksIn}
                change={changes?.get(shown)}
              />
            }
          />
        )}
      </div>
    </div>
  );
}
