// "Unsynced (2)", and on a click each reason with a way to the asset that caused it.

import { Popover, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { StaleCause } from '#model/asset-state.ts';
import type { AssetId } from '#model/ids.ts';
import { selectAssets } from '#state/session-store.ts';
import { useServices } from '#ui/kit/services.tsx';
import css from './badges.module.css';

interface StaleCausesProps {
  readonly assetId: AssetId;
  readonly causes: readonly StaleCause[];
}

export function StaleCauses({ assetId, causes }: StaleCausesProps) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" withinPortal width={300}>
      <Popover.Target>
        <UnstyledButton
          className={`nodrag nopan ${css.stale}`}
          onClick={() => setOpened((before) => !before)}
          title="Out of date: show why"
        >
          Unsynced ({causes.length})
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown onDoubleClick={(event) => event.stopPropagation()}>
        <StaleCauseList assetId={assetId} causes={causes} />
      </Popover.Dropdown>
    </Popover>
  );
}

const categories = { CODE: 'Code', DATA: 'Data', DEPENDENCIES: 'Dependencies' };

/** The reasons, each in Dagster's words, with what they follow from beneath. */
export function StaleCauseList({ assetId, causes }: StaleCausesProps) {
  const { session, documents } = useServices();
  const open = (key: string) => {
    const id = documents.store.getState().graph.idByKey.get(key);
    if (id !== undefined) selectAssets(session, [id]);
  };
  return (
    <ul className={css.causes}>
      {causes.map((cause) => (
        <li key={`${cause.category} ${cause.key} ${cause.dependency ?? ''} ${cause.reason}`}>
          <span className={css.category}>{categories[cause.category]}</span>
          {cause.dependency === undefined ? null : (
            <UnstyledButton
              className="hw-mono"
              fz={12}
              c="var(--hw-accent)"
              onClick={() => open(cause.dependency!)}
            >
              {cause.dependency}
            </UnstyledButton>
          )}{' '}
          {cause.reason}
          {cause.children && cause.children.length > 0 ? (
            <StaleCauseList assetId={assetId} causes={cause.children} />
          ) : null}
        </li>
      ))}
    </ul>
  );
}
