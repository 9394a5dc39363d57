// "Unsynced (2)", and on a click each reason with a way to the asset that caused it.

import { Popover, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { StaleCause } from '#model/asset-state.ts';
import type { AssetId } from '#model/ids.ts';
import { selectAssets } from '#state/session-store.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';
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
          title={`Out of date: ${causes.map(sentenceOf).join('; ')}`}
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
  const ownKey = useDocument((state) => state.document.assets.get(assetId)?.key);
  return (
    <ul className={css.causes}>
      {causes.map(plainest).map((cause) => {
        // A reason about the asset itself needs no name in front.
        const about = cause.key === ownKey ? undefined : cause.key;
        return (
          <li key={`${cause.category} ${cause.key} ${cause.dependency ?? ''} ${cause.reason}`}>
            <span className={css.category}>{categories[cause.category]}</span>
            <div>
              {about === undefined ? null : <KeyButton assetKey={about} />}
              {about === undefined ? sentenceStart(cause.reason) : ` ${cause.reason}`}
              {cause.children && cause.children.length > 0 ? (
                <StaleCauseList assetId={assetId} causes={cause.children} />
              ) : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

const sentenceOf = (cause: StaleCause): string => `${plainest(cause).key} ${plainest(cause).reason}`;

/** "orders has a new data version" says all that "a new dependency data version", because of that, does. */
function plainest(cause: StaleCause): StaleCause {
  const [only, second] = cause.children ?? [];
  return only && !second && only.key === cause.dependency ? only : cause;
}
const sentenceStart = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function KeyButton({ assetKey }: { readonly assetKey: string }) {
  const { session } = useServices();
  const id = useDocument((state) => state.graph.idByKey.get(assetKey));
  if (id === undefined) return <span className={css.key}>{assetKey}</span>;
  return (
    <UnstyledButton className={css.key} data-link onClick={() => selectAssets(session, [id])}>
      {assetKey}
    </UnstyledButton>
  );
}
