// The environment values that this browser keeps, project by project: their names, what uses them, since when.

import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import type { SecretsOfProject } from '#engine/workspace-port.ts';
import { EnvironmentValue } from '#ui/kit/environment-value.tsx';
import links from '#ui/kit/links.module.css';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useServices } from '#ui/kit/services.tsx';
import css from './settings-page.module.css';

export function KeptSecrets() {
  const { workspace } = useServices();
  const [projects, setProjects] = useState<readonly SecretsOfProject[] | 'failed'>();
  const look = useCallback(() => {
    let isCurrent = true;
    const show = (found: readonly SecretsOfProject[] | 'failed') => {
      if (isCurrent) setProjects(found);
    };
    workspace.listAllSecrets().then(show, () => show('failed'));
    return () => {
      isCurrent = false;
    };
  }, [workspace]);
  useEffect(look, [look]);

  if (projects === undefined) return <p className={css.hint}>Looking at what is kept…</p>;
  if (projects === 'failed')
    return (
      <div className={css.old} role="alert">
        <p>The environment values could not be listed: the browser did not let their store be read.</p>
        <Button size="sm" variant="default" onClick={look}>
          Try again
        </Button>
      </div>
    );
  if (projects.length === 0)
    return (
      <p className={css.hint}>
        None yet. A field of a resource takes one with “from environment”, on the Resources page of a project.
      </p>
    );
  return projects.map((project) => <OfProject key={project.projectId} project={project} onChanged={look} />);
}

interface OfProjectProps {
  readonly project: SecretsOfProject;
  onChanged(): void;
}

function OfProject({ project, onChanged }: OfProjectProps) {
  const { projectId, name, isDiscarded, secrets } = project;
  const isHere = name !== undefined && !isDiscarded;
  const title = name === undefined ? 'A project that is gone' : name === '' ? 'Untitled project' : name;
  return (
    <section className={css.secretsOf} aria-label={`Environment values of ${title}`}>
      <h3 className={css.secretsTitle}>
        {isHere ? (
          <Link className={links.link} to="/p/$projectId/resources" params={{ projectId }}>
            {title}
          </Link>
        ) : (
          title
        )}
        {isDiscarded ? <span className={css.secretsState}>deleted; its values go when it does</span> : null}
      </h3>
      <ul className={css.secrets}>
        {secrets.map((secret) => (
          <EnvironmentValue
            key={secret.name}
            projectId={projectId}
            name={secret.name}
            isSet
            isFixed={!isHere}
            facts={
              <>
                <Users project={project} keys={secret.usedBy} />
                {secret.setAt === undefined ? null : (
                  <span>
                    Set <RelativeTime at={secret.setAt} />
                  </span>
                )}
              </>
            }
            warning={lossOf(title, secret.usedBy)}
            onChanged={onChanged}
          />
        ))}
      </ul>
    </section>
  );
}

interface UsersProps {
  readonly project: SecretsOfProject;
  readonly keys: readonly string[] | undefined;
}

function Users({ project: { projectId, name, isDiscarded }, keys }: UsersProps) {
  if (keys === undefined)
    return name === undefined || isDiscarded ? null : <span>The project cannot be read</span>;
  if (keys.length === 0) return <span>No resource uses it</span>;
  return (
    <span>
      Used by{' '}
      {keys.map((resourceKey, index) => (
        <span key={resourceKey}>
          {index === 0 ? '' : ', '}
          <Link
            className={`hw-mono ${links.link}`}
            to="/p/$projectId/resources/$resourceKey"
            params={{ projectId, resourceKey }}
          >
            {resourceKey}
          </Link>
        </span>
      ))}
    </span>
  );
}

const lossOf = (title: string, keys: readonly string[] | undefined): string =>
  keys === undefined || keys.length === 0
    ? `It is kept for “${title}”, and leaves this browser.`
    : `${keys.join(', ')} of “${title}” cannot be made until it is set again.`;
