// The environment values that a resource's fields name: set or missing, replaced, removed; never shown.

import { useCallback, useEffect, useState } from 'react';
import type { Json } from '#model/document.ts';
import { envNamesOf } from '#model/env-reference.ts';
import { EnvironmentValue } from '#ui/kit/environment-value.tsx';
import { noticeFault } from '#ui/kit/notices.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import css from './resources-page.module.css';

export function EnvironmentValues({ config }: { readonly config: Json | undefined }) {
  const { workspace } = useServices();
  const projectId = useDocument((state) => state.projectId);
  const names = [...envNamesOf(config)].sort();
  const [known, setKnown] = useState<ReadonlySet<string>>();
  const look = useCallback(() => {
    let isCurrent = true;
    if (projectId !== undefined)
      workspace.listSecrets(projectId).then(
        (list) => {
          if (isCurrent) setKnown(new Set(list));
        },
        (thrown: unknown) => noticeFault('The environment values cannot be read', thrown),
      );
    return () => {
      isCurrent = false;
    };
  }, [workspace, projectId]);
  useEffect(look, [look]);

  return (
    <section className={css.part} aria-label="Environment values">
      <h3 className={css.partTitle}>Environment values</h3>
      {names.length === 0 ? (
        <p className={css.hint}>
          A field may take its value from the environment, so that the project does not hold it: choose “from
          environment” beside the field.
        </p>
      ) : (
        <>
          <p className={css.hint}>
            Kept in this browser beside the project: no file, copy or log holds them. On the command line they
            are environment variables.
          </p>
          <ul className={css.values}>
            {projectId === undefined
              ? null
              : names.map((name) => (
                  <EnvironmentValue
                    key={name}
                    projectId={projectId}
                    name={name}
                    isSet={known?.has(name)}
                    warning="Resources of this project whose fields name it cannot be made until it is set again."
                    onChanged={look}
                  />
                ))}
          </ul>
        </>
      )}
    </section>
  );
}
