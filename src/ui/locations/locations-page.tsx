// The projects of this browser side by side, as code locations of one workspace: does each load, what is in it, and
// which others does it come from. Reading one runs nothing of it.

import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconPlus, IconRefresh } from '@tabler/icons-react';
import { Link, useRouter } from '@tanstack/react-router';
import type { CodeLocation } from '#engine/workspace-port.ts';
import type { ProjectId } from '#model/ids.ts';
import { formatPlural } from '#ui/kit/format.ts';
import { messageOf } from '#ui/kit/messages.ts';
import page from '#ui/kit/page.module.css';
import { EmptyState, ErrorState, LoadingState } from '#ui/kit/panel-state.tsx';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useTitle } from '#ui/kit/use-title.ts';
import css from './locations.module.css';
import { type LocationRow, useLocations } from './use-locations.ts';

export function LocationsPage() {
  useTitle('Code locations');
  const { locations, reload, reloadAll } = useLocations();
  const router = useRouter();
  return (
    <main id="main" className={`${page.page} ${css.page}`} tabIndex={-1}>
      <div className={page.column}>
        <header className={page.head}>
          <div>
            <h1 className={page.title}>Code locations</h1>
            <p className={page.lead}>
              Each project is a location of its own. An external asset of one can stand for an asset of
              another: set “Made in” in its settings.
            </p>
          </div>
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} stroke={1.5} />}
            onClick={reloadAll}
            disabled={locations.type === 'loading'}
          >
            Reload all
          </Button>
        </header>
        {locations.type === 'loading' ? <LoadingState label="Reading your projects" /> : null}
        {locations.type === 'failed' ? (
          <ErrorState
            title="The locations could not be read"
            action={<Button onClick={reloadAll}>Try again</Button>}
          >
            {locations.detail}
          </ErrorState>
        ) : null}
        {locations.type === 'ready' && locations.rows.length === 0 ? (
          <EmptyState
            title="No location yet"
            action={
              <Button
                leftSection={<IconPlus size={16} stroke={2} />}
                onClick={() => void router.navigate({ to: '/' })}
              >
                Begin a project
              </Button>
            }
          >
            Every project of this browser appears here, with whether it loads.
          </EmptyState>
        ) : null}
        {locations.type === 'ready' && locations.rows.length > 0 ? (
          <ul className={css.list} aria-label="Code locations">
            {locations.rows.map((row) => (
              <LocationItem
                key={row.project.projectId}
                row={row}
                idByName={new Map(locations.rows.map(({ project }) => [project.name, project.projectId]))}
                onReload={() => void reload(row.project.projectId)}
              />
            ))}
          </ul>
        ) : null}
      </div>
    </main>
  );
}

interface LocationItemProps {
  readonly row: LocationRow;
  readonly idByName: ReadonlyMap<string, ProjectId>;
  onReload(): void;
}

const mostProblems = 20;

function LocationItem({ row: { project, location }, idByName, onReload }: LocationItemProps) {
  const name = project.name === '' ? 'Untitled project' : project.name;
  const state = location?.state;
  const problems = state?.type === 'loaded' ? state.problems : [];
  return (
    <li className={css.item} data-testid="location" data-state={statusOf(state)}>
      <div className={css.line}>
        <Link
          className={css.name}
          to="/p/$projectId/graph"
          params={{ projectId: project.projectId }}
          title={name}
        >
          {name}
        </Link>
        <Status state={state} />
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconRefresh size={14} stroke={1.5} />}
          aria-label={`Reload “${name}”`}
          disabled={!state}
          onClick={onReload}
        >
          Reload
        </Button>
      </div>
      <p className={css.facts}>
        {state?.type === 'loaded' ? `${factsOf(state)} · ` : ''}
        changed <RelativeTime at={project.updatedAt} />
      </p>
      {state?.type === 'loaded' && state.dependsOn.length > 0 ? (
        <p className={css.facts}>
          Comes from{' '}
          {state.dependsOn.map((other, i) => {
            const projectId = idByName.get(other);
            return (
              <span key={other}>
                {i === 0 ? '' : ', '}
                {projectId === undefined ? (
                  <span className={css.missing}>{other} (not in this browser)</span>
                ) : (
                  <Link className={css.other} to="/p/$projectId/graph" params={{ projectId }}>
                    {other}
                  </Link>
                )}
              </span>
            );
          })}
        </p>
      ) : null}
      {state?.type === 'failed' ? <p className={css.detail}>{state.detail}</p> : null}
      {problems.length > 0 ? (
        <ul className={css.problems} aria-label={`Problems of ${name}`}>
          {[...new Set(problems.map((problem) => messageOf(problem).title))]
            .slice(0, mostProblems)
            .map((text) => (
              <li key={text}>{text}</li>
            ))}
          {problems.length > mostProblems ? <li>and {problems.length - mostProblems} more</li> : null}
        </ul>
      ) : null}
    </li>
  );
}

type State = CodeLocation['state'] | undefined;

const statusOf = (state: State) =>
  state === undefined
    ? 'loading'
    : state.type === 'failed'
      ? 'failed'
      : state.problems.length > 0
        ? 'problems'
        : 'loaded';

function Status({ state }: { readonly state: State }) {
  const status = statusOf(state);
  if (status === 'loading')
    return (
      <span className={css.status} role="status">
        Loading…
      </span>
    );
  return (
    <span className={css.status} data-status={status}>
      {status === 'loaded' ? (
        <IconCircleCheck size={16} stroke={1.75} aria-hidden />
      ) : (
        <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
      )}
      {status === 'loaded'
        ? 'Loaded'
        : status === 'failed'
          ? 'Not loaded'
          : `Loaded, ${formatPlural(state?.type === 'loaded' ? state.problems.length : 0, 'problem')}`}
    </span>
  );
}

function factsOf(state: Extract<CodeLocation['state'], { type: 'loaded' }>): string {
  return [
    formatPlural(state.keys.length, 'asset'),
    ...(state.checks > 0 ? [formatPlural(state.checks, 'check')] : []),
    ...(state.resources > 0 ? [formatPlural(state.resources, 'resource')] : []),
  ].join(', ');
}
