// Which project of this browser makes an external asset.

import { Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ProjectRow } from '#engine/ports.ts';
import type { ExternalAsset } from '#model/document.ts';
import { useDocument, useRuns, useServices } from '#ui/kit/services.tsx';
import css from './settings-tab.module.css';

interface LocationSettingProps {
  readonly asset: ExternalAsset;
  onChange(location: string | null): void;
}

export function LocationSetting({ asset, onChange }: LocationSettingProps) {
  const { workspace } = useServices();
  const own = useDocument((state) => state.projectId);
  const found = useRuns((runs) => runs.states.get(asset.id)?.latest?.location);
  const [projects, setProjects] = useState<readonly ProjectRow[]>();
  useEffect(() => {
    let wanted = true;
    const list = () =>
      workspace.listProjects().then(
        (rows) => wanted && setProjects(rows),
        () => wanted && setProjects([]), // What is set can still be seen and taken away.
      );
    void list();
    const stop = workspace.subscribe((event) => {
      if (event.type === 'projects-changed') void list();
    });
    return () => {
      wanted = false;
      stop();
    };
  }, [workspace]);

  const others = (projects ?? []).filter(({ projectId, name }) => projectId !== own && name !== '');
  const names = new Set([...others.map(({ name }) => name), ...(asset.location ? [asset.location] : [])]);
  const isMissing =
    projects !== undefined &&
    asset.location !== undefined &&
    !others.some(({ name }) => name === asset.location);
  return (
    <div>
      <Select
        label="Made in"
        description="The project that makes it, under the same key. Its latest value is what is read here."
        placeholder="Outside of this browser"
        data={[...names].sort()}
        value={asset.location ?? null}
        clearable
        searchable
        nothingFoundMessage="No other project is called that."
        error={isMissing ? `There is no project “${asset.location}” in this browser.` : undefined}
        onChange={onChange}
      />
      {asset.location === undefined || isMissing || projects === undefined ? null : (
        <p className={css.note}>
          {found ? (
            <Link to="/p/$projectId/catalog/$" params={{ projectId: found.projectId, _splat: asset.key }}>
              Open {asset.key} in {found.name}
            </Link>
          ) : (
            `“${asset.location}” has not materialized ${asset.key}.`
          )}
        </p>
      )}
    </div>
  );
}
