// Around the pages of one project: the rail, and what to show while the project is not open.

import { Button } from '@mantine/core';
import { Link, Outlet, useLocation, useParams } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { asProjectId } from '#model/ids.ts';
import { ErrorBoundary } from '#ui/kit/error-boundary.tsx';
import { ErrorState, LoadingState } from '#ui/kit/panel-state.tsx';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { useTitle } from '#ui/kit/use-title.ts';
import { useDeletedElsewhere } from '#ui/projects/use-deleted-elsewhere.ts';
import { useOpenProject } from '#ui/projects/use-open-project.ts';
import { useProjectActions } from '#ui/projects/use-project-actions.ts';
import { Rail } from './rail.tsx';
import css from './shell.module.css';
import { useRejectedNotice } from './use-rejected-notice.ts';

const titles = {
  opening: 'Opening',
  missing: 'Unknown project',
  unsaved: 'Changes not saved',
  failed: 'Not opened',
} as const;

export function ProjectFrame() {
  const { projectId } = useParams({ from: '/p/$projectId' });
  const { pathname } = useLocation();
  const { opening, tryAgain, openAnyway } = useOpenProject(asProjectId(projectId));
  const deletion = useDeletedElsewhere(asProjectId(projectId), opening.type === 'open');
  const { recover } = useProjectActions();
  const name = useDocument((state) => state.document.info.name);
  useRejectedNotice();
  const isShown = useOneTaskLater(opening.type === 'open');
  const allProjects = (
    <Button renderRoot={(props) => <Link to="/" {...props} />} variant="default">
      All projects
    </Button>
  );

  let page: ReactNode;
  if (opening.type === 'open' && deletion !== undefined)
    page = (
      <ErrorState
        title={`“${name}” was deleted in another tab`}
        action={
          <>
            {deletion === 'discarded' ? (
              <Button onClick={() => void recover(asProjectId(projectId), name)}>Bring it back</Button>
            ) : null}
            {allProjects}
          </>
        }
      >
        {deletion === 'discarded'
          ? 'It is kept for a day, with everything in it.'
          : 'It was erased for good, with its runs and values.'}
      </ErrorState>
    );
  else if (opening.type === 'open' && isShown)
    page = (
      <ErrorBoundary name="This page" resetKey={pathname}>
        <Outlet />
      </ErrorBoundary>
    );
  else if (opening.type === 'opening' || opening.type === 'open')
    page = <LoadingState label="Opening the project" />;
  else if (opening.type === 'missing')
    page = (
      <ErrorState title="This browser has no such project" action={allProjects}>
        It may have been deleted, or was made in another browser. Projects live where they were made: open its
        file or a backup of it here.
      </ErrorState>
    );
  else if (opening.type === 'unsaved')
    page = (
      <ErrorState
        title={`The last changes to “${opening.name}” are not saved`}
        action={
          <>
            <Button onClick={tryAgain}>Save them and go on</Button>
            <Button
              renderRoot={(props) => (
                <Link to="/p/$projectId/graph" params={{ projectId: opening.before }} {...props} />
              )}
              variant="default"
            >
              Go back to it
            </Button>
            <Button variant="subtle" color="red" onClick={openAnyway}>
              Give them up
            </Button>
          </>
        }
      >
        Opening another project now would lose them.
      </ErrorState>
    );
  else
    page = (
      <ErrorState
        title="The project could not be opened"
        action={
          <>
            <Button onClick={tryAgain}>Try again</Button>
            {allProjects}
          </>
        }
      >
        {opening.detail}
      </ErrorState>
    );

  return (
    <div className={css.project}>
      {opening.type === 'open' || opening.type === 'opening' ? (
        <Rail projectId={asProjectId(projectId)} />
      ) : null}
      <main id="main" className={css.main} tabIndex={-1}>
        {opening.type === 'open' ? null : <PageTitle text={titles[opening.type]} />}
        {page}
      </main>
    </div>
  );
}

/** True a task after `isReady` is: to open a large project and to make its page at once would be one long task. */
function useOneTaskLater(isReady: boolean): boolean {
  const { clock } = useServices();
  const [isLater, setIsLater] = useState(false);
  if (isLater && !isReady) setIsLater(false);
  useEffect(() => (isReady ? clock.after(0, () => setIsLater(true)) : undefined), [isReady, clock]);
  return isLater && isReady;
}

// Only while there is no page that sets a title of its own.
function PageTitle({ text }: { readonly text: string }) {
  useTitle(text);
  return null;
}
