// "Unsynced (2)", and on a click each reason with a way to the change that caused it.

import { Popover, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { StaleCause } from '#model/asset-state.ts';
import type { AssetId } from '#model/ids.ts';
import { selectAssets } from '#state/session-store.ts';
import { formatPlural } from '#ui/kit/format.ts';
import { AssetLink } from '#ui/kit/links.tsx';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { useLauncher } from '#ui/kit/use-launch.ts';
import css from './badges.module.css';
import { CodeChanges } from './code-changes.tsx';
import { flushDrafts } from './open-drafts.ts';
import { plainest, staleGroups } from './stale-groups.ts';

interface StaleCausesProps {
  readonly assetId: AssetId;
  readonly causes: readonly StaleCause[];
  /** Where the assets that caused it are shown: in the graph, or on their own pages. */
  readonly leadsTo?: 'graph' | 'catalog';
}

export function StaleCauses({ assetId, causes, leadsTo = 'graph' }: StaleCausesProps) {
  const [opened, setOpened] = useState(false);
  const [showsCode, setShowsCode] = useState(false);
  const { documents } = useServices();
  const launcher = useLauncher();
  return (
    <>
      <Popover opened={opened} onChange={setOpened} position="bottom-start" withinPortal width={320}>
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
          <h3 className={css.causesTitle}>
            {formatPlural(causes.length, 'change')} since the last materialization
          </h3>
          <Groups
            assetId={assetId}
            causes={causes}
            leadsTo={leadsTo}
            onCode={() => {
              setOpened(false);
              setShowsCode(true);
            }}
          />
          <UnstyledButton
            className={css.causesAction}
            onClick={() => {
              setOpened(false);
              flushDrafts(documents);
              void launcher.launch({ type: 'assets', ids: [assetId] });
            }}
          >
            Materialize this asset
          </UnstyledButton>
        </Popover.Dropdown>
      </Popover>
      {showsCode ? <CodeChanges assetId={assetId} onClose={() => setShowsCode(false)} /> : null}
    </>
  );
}

/** The reasons by their kind, each in Dagster's words, with what they follow from beneath. */
export function StaleCauseList(props: StaleCausesProps) {
  const [showsCode, setShowsCode] = useState(false);
  return (
    <>
      <Groups {...props} onCode={() => setShowsCode(true)} />
      {showsCode ? <CodeChanges assetId={props.assetId} onClose={() => setShowsCode(false)} /> : null}
    </>
  );
}

function Groups({
  assetId,
  causes,
  leadsTo = 'graph',
  onCode,
}: StaleCausesProps & Pick<CauseProps, 'onCode'>) {
  const ownKey = useDocument((state) => state.document.assets.get(assetId)?.key ?? '');
  return (
    <div className={css.groups}>
      {staleGroups(causes, ownKey).map((group) => (
        <section key={group.title} aria-label={group.title}>
          <h4 className={css.category}>{group.title}</h4>
          <ul className={css.causes}>
            {group.causes.map((cause) => (
              <li key={`${cause.key} ${cause.dependency ?? ''} ${cause.reason}`}>
                <Cause cause={cause} ownKey={ownKey} leadsTo={leadsTo} onCode={onCode} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface CauseProps {
  readonly cause: StaleCause;
  readonly ownKey: string;
  readonly leadsTo: 'graph' | 'catalog';
  onCode(): void;
}

function Cause({ cause, ownKey, leadsTo, onCode }: CauseProps) {
  const { key, category, dependency, reason } = cause;
  if (key !== ownKey)
    return (
      <>
        <KeyButton assetKey={key} leadsTo={leadsTo} tab={category === 'DATA' ? 'history' : 'body'} /> {reason}
      </>
    );
  if (category === 'CODE')
    return (
      <>
        {sentenceStart(reason)}.{' '}
        <UnstyledButton className={css.change} onClick={onCode}>
          Show what changed
        </UnstyledButton>
      </>
    );
  // "has a new dependency on orders": the key is the way to it.
  const at = dependency === undefined ? -1 : reason.lastIndexOf(dependency);
  if (dependency === undefined || at < 0) return sentenceStart(reason);
  return (
    <>
      {sentenceStart(reason.slice(0, at))}
      <KeyButton assetKey={dependency} leadsTo={leadsTo} tab="body" />
      {reason.slice(at + dependency.length)}
    </>
  );
}

const sentenceOf = (cause: StaleCause): string => `${plainest(cause).key} ${plainest(cause).reason}`;
const sentenceStart = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

interface KeyButtonProps {
  readonly assetKey: string;
  readonly leadsTo: 'graph' | 'catalog';
  readonly tab: 'history' | 'body';
}

function KeyButton({ assetKey, leadsTo, tab }: KeyButtonProps) {
  const { session } = useServices();
  const id = useDocument((state) => state.graph.idByKey.get(assetKey));
  if (id === undefined) return <span className={css.key}>{assetKey}</span>;
  if (leadsTo === 'catalog') return <AssetLink assetKey={assetKey} />;
  return (
    <UnstyledButton className={css.key} data-link onClick={() => selectAssets(session, [id], tab)}>
      {assetKey}
    </UnstyledButton>
  );
}
