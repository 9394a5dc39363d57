// The first page: the projects of this browser, and ways to begin another.

import { Button, FileButton } from '@mantine/core';
import { IconFolderOpen, IconPlus, IconRestore, IconRoute, IconStack2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import page from '#ui/kit/page.module.css';
import { ErrorState } from '#ui/kit/panel-state.tsx';
import { useServices } from '#ui/kit/services.tsx';
import { useTitle } from '#ui/kit/use-title.ts';
import { useTour } from '#ui/tour/use-tour.ts';
import { DeletedProjects } from './deleted-projects.tsx';
import { ExampleCards } from './example-cards.tsx';
import { lastProjectPreference } from './open-project.ts';
import { ProjectList } from './project-list.tsx';
import css from './projects.module.css';
import { StorageSection } from './storage-section.tsx';
import { useExamples } from './use-examples.ts';
import { backupFileEnding, useProjectActions } from './use-project-actions.ts';
import { useProjectPaste } from './use-project-paste.ts';
import { useProjectRows } from './use-project-rows.ts';

export function ProjectsPage() {
  useTitle();
  const { projects, reload } = useProjectRows();
  const examples = useExamples();
  const actions = useProjectActions();
  const tour = useTour();
  useProjectPaste();
  const { preferences } = useServices();
  // Until they are listed, as it was when a project was opened last: nothing on the page moves then.
  const hasProjects =
    projects.type === 'ready'
      ? projects.rows.length > 0
      : preferences.read(lastProjectPreference) !== undefined;
  return (
    <main id="main" className={`${page.page} ${css.page}`} tabIndex={-1}>
      <div className={page.column}>
        <header className={page.head}>
          <div>
            <h1 className={page.title}>{hasProjects ? 'Projects' : 'Draw your data, write it, keep it'}</h1>
            <p className={page.lead}>
              {hasProjects
                ? 'Everything here lives in this browser, on this device.'
                : 'Draw data assets on a canvas, write each in TypeScript, materialize them in this browser, and keep every value they ever had. No server, no account.'}
            </p>
            {hasProjects ? null : (
              <Button
                mt="sm"
                variant="default"
                leftSection={<IconRoute size={16} stroke={1.5} />}
                onClick={tour.start}
              >
                Take the tour: five steps, two minutes
              </Button>
            )}
          </div>
          <div className={css.actions}>
            {hasProjects ? (
              <Button
                component={Link}
                to="/locations"
                variant="subtle"
                color="gray"
                leftSection={<IconStack2 size={16} stroke={1.5} />}
              >
                Code locations
              </Button>
            ) : null}
            <FileButton
              accept={backupFileEnding}
              onChange={(file) => {
                if (file) void actions.restore(file);
              }}
            >
              {(props) => (
                <Button
                  {...props}
                  variant="subtle"
                  color="gray"
                  leftSection={<IconRestore size={16} stroke={1.5} />}
                >
                  Restore backup
                </Button>
              )}
            </FileButton>
            <FileButton
              multiple
              onChange={(files) => {
                if (files.length > 0) void actions.openFiles(files);
              }}
            >
              {(props) => (
                <Button {...props} variant="default" leftSection={<IconFolderOpen size={16} stroke={1.5} />}>
                  Open file
                </Button>
              )}
            </FileButton>
            <Button
              leftSection={<IconPlus size={16} stroke={2} />}
              onClick={() => void actions.create('Untitled project')}
            >
              New project
            </Button>
          </div>
        </header>
        {projects.type === 'failed' ? (
          <ErrorState
            title="The projects could not be listed"
            action={<Button onClick={reload}>Try again</Button>}
          >
            {projects.detail}
          </ErrorState>
        ) : null}
        {projects.type === 'loading' ? (
          <div className={css.reserved} role="status" aria-busy="true">
            <span className="hw-hidden">Listing your projects</span>
          </div>
        ) : null}
        {projects.type === 'ready' && hasProjects ? <ProjectList rows={projects.rows} /> : null}
        {projects.type === 'loading' ? null : <ExampleCards state={examples} isFirstVisit={!hasProjects} />}
        {/* What is below the examples waits for them: it would be pushed down as they come. */}
        {projects.type === 'ready' && examples.type !== 'loading' ? (
          <>
            <DeletedProjects projects={projects.deleted} />
            {hasProjects ? <StorageSection count={projects.rows.length} /> : null}
          </>
        ) : null}
      </div>
    </main>
  );
}
