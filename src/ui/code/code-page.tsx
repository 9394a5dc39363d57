// The project as the files of an export, as they are now: read, edited, compared, downloaded, or written to a folder.

import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState } from 'react';
import type { CodeTarget } from '#interop/project-code.ts';
import { formatPlural } from '#ui/kit/format.ts';
import list from '#ui/kit/list-page.module.css';
import { EmptyState, ErrorState, LoadingState } from '#ui/kit/panel-state.tsx';
import { useDocument, useServices, useSession } from '#ui/kit/services.tsx';
import { Splitter } from '#ui/kit/splitter.tsx';
import { useTitle } from '#ui/kit/use-title.ts';
import { CodeHead } from './code-head.tsx';
import css from './code-page.module.css';
import { type CodeSearch, fileSearchOf, rememberTarget, searchOf, targetOf } from './code-target.ts';
import { ExportNotes, ExportRefused } from './export-problems.tsx';
import { FilePane } from './file-pane.tsx';
import { FileTree } from './file-tree.tsx';
import { lastExportOf } from './last-export.ts';
import { useExportChanges } from './use-export-changes.ts';
import { useProjectCode } from './use-project-code.ts';

interface CodePageProps {
  /** The file that the address names. */
  readonly path: string | undefined;
  readonly search: CodeSearch;
}

export function CodePage({ path: wanted, search }: CodePageProps) {
  const services = useServices();
  const navigate = useNavigate();
  // The canvas goes first: the files follow when there is time.
  const document = useDeferredValue(useDocument((state) => state.document));
  const projectId = useDocument((state) => state.projectId);
  const selected = useSession((state) => state.selectedAssets);
  const [isComparing, setIsComparing] = useState(false);
  const named = targetOf(services, projectId, search, wanted !== undefined);
  const executor = named.type === 'dagster' ? named.executor : undefined;
  const isPartial = named.type === 'dagster' ? named.isPartial : undefined;
  const target = useMemo((): CodeTarget => {
    if (executor === undefined) return { type: 'typescript' };
    return { type: 'dagster', executor, ...(isPartial ? { isPartial } : {}) };
  }, [executor, isPartial]);
  const [attempt, setAttempt] = useState(0);
  const { current, isBehind, error } = useProjectCode(document, target, attempt);
  const code = current?.code;
  // Asked for anew when an export has ended.
  const [, setExports] = useState(0);
  const last = projectId === undefined ? undefined : lastExportOf(services, projectId, target.type);
  const isCompared = isComparing && last !== undefined;
  const compared = useExportChanges(document, target, isCompared ? last : undefined, attempt);
  const { changes } = compared;
  const paths = changes ? [...changes.keys()] : (code?.paths ?? noPaths);
  const places = useMemo(
    () => new Set([...selected].flatMap((id) => code?.pathOf(id) ?? [])),
    [code, selected],
  );
  const [place] = places;
  const path = changes ? (paths.find((each) => each === wanted) ?? paths[0]) : wanted;
  const shown = path ?? place ?? code?.listPath;
  useTitle(shown ?? '', 'Code', document.info.name);
  if (projectId === undefined) return null;

  const choose = (next: CodeTarget) => {
    rememberTarget(services, projectId, next);
    // Another executor changes a line here and there; another target has other files.
    const isSame = next.type === target.type && wanted !== undefined;
    void navigate(
      isSame
        ? {
            to: '/p/$projectId/code/$',
            params: { projectId, _splat: wanted },
            search: searchOf(next),
            replace: true,
          }
        : { to: '/p/$projectId/code', params: { projectId }, search: searchOf(next) },
    );
  };
  const isRefused = code?.paths.length === 0;
  const failed = error ?? compared.error;
  const count =
    code === undefined
      ? ''
      : isRefused
        ? 'Nothing to export yet'
        : `${formatPlural(paths.length, 'file')} ${changes ? 'changed since the last export' : whatFor[target.type]}`;
  const isWaiting = isCompared && !isRefused && changes === undefined;
  return (
    <div className={list.page}>
      <CodeHead
        target={target}
        count={isWaiting ? '' : count}
        isComparing={last === undefined ? undefined : isComparing}
        isWritable={code !== undefined && !isRefused}
        onTarget={choose}
        onCompare={setIsComparing}
        onEnded={() => setExports((ended) => ended + 1)}
      />
      {code && !isRefused ? <ExportNotes different={code.problems} leftOut={code.leftOut} /> : null}
      <div className={css.body} aria-busy={isBehind || isWaiting}>
        {failed !== undefined ? (
          <ErrorState
            title="The code was not written"
            action={
              <Button variant="default" onClick={() => setAttempt((count) => count + 1)}>
                Try again
              </Button>
            }
          >
            {failed instanceof Error ? failed.message : String(failed)}
          </ErrorState>
        ) : current === undefined || isWaiting || shown === undefined ? (
          <LoadingState label={isWaiting ? 'Comparing with the last export' : 'Writing the code'} />
        ) : isRefused ? (
          <ExportRefused
            problems={current.code.problems}
            rest={current.code.rest ?? 0}
            onRest={() => executor && choose({ type: 'dagster', executor, isPartial: true })}
          />
        ) : changes?.size === 0 ? (
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
            second={
              <FileTree
                key={target.type}
                projectId={projectId}
                search={fileSearchOf(target)}
                paths={paths}
                shown={shown}
                marked={places}
                closedFirst={changes ? noPaths : [current.code.typescriptFolder.replace(/\/$/, '')]}
              />
            }
            first={
              <FilePane
                key={`${target.type} ${shown}`}
                projectId={projectId}
                document={current.document}
                code={current.code}
                isBehind={isBehind}
                target={target}
                path={shown}
                selected={selected}
                change={changes?.get(shown)}
              />
            }
          />
        )}
      </div>
    </div>
  );
}

const noPaths: readonly string[] = [];

const whatFor: Readonly<Record<CodeTarget['type'], string>> = {
  typescript: 'for plain Node',
  dagster: 'for Dagster and Node',
};
