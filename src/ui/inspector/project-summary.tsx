// Nothing is selected: what the project is and how its assets stand.

import { Fragment, type ReactNode, useDeferredValue } from 'react';
import type { NodeStatus } from '#model/asset-state.ts';
import type { Asset } from '#model/document.ts';
import { selectAssets } from '#state/session-store.ts';
import { formatCount, formatPlural } from '#ui/kit/format.ts';
import { useDocument, useRuns, useServices } from '#ui/kit/services.tsx';
import { StatusIcon } from '#ui/kit/status-icon.tsx';
import { statusLabel } from '#ui/kit/status-labels.ts';
import { nodeStatus } from './asset-facts.ts';
import { CloseInspector } from './asset-header.tsx';
import { groupHues } from './group-hue.ts';
import css from './inspector.module.css';

const statusOrder: readonly NodeStatus[] = [
  'running',
  'queued',
  'failed',
  'interrupted',
  'canceled',
  'skipped',
  'stale',
  'never',
  'materialized',
  'observed',
  'external',
];

export function ProjectSummary() {
  const document = useDocument((state) => state.document);
  const states = useDeferredValue(useRuns((state) => state.states));
  const assets = [...document.assets.values()];
  const byStatus = groupBy(assets, (asset) => nodeStatus(asset, states.get(asset.id)));
  const byGroup = groupBy(assets, (asset) => asset.group);
  const hues = groupHues(document);
  return (
    <>
      <header className={css.header}>
        <div className={css.headLine}>
          <h2 className={css.title}>{document.info.name}</h2>
          <CloseInspector />
        </div>
        <div className={css.subLine}>{formatPlural(assets.length, 'asset')}</div>
      </header>
      <div className={css.summary}>
        {document.info.description === undefined ? null : (
          <p className={css.text}>{document.info.description}</p>
        )}
        {assets.length === 0 ? (
          <p className={css.text}>Select an asset to see its body, settings, data and history here.</p>
        ) : (
          <>
            <section aria-label="Status">
              <h3 className={css.label}>Status</h3>
              <ul className={css.counts}>
                {statusOrder.map((status) => {
                  const members = byStatus.get(status);
                  if (!members) return <Fragment key={status} />;
                  return (
                    <li key={status}>
                      <SelectButton members={members}>
                        <StatusIcon status={status} decorative />
                        {statusLabel(status)}
                      </SelectButton>
                    </li>
                  );
                })}
              </ul>
            </section>
            {hues.size === 0 ? null : (
              <section aria-label="Groups">
                <h3 className={css.label}>Groups</h3>
                <ul className={css.counts}>
                  {[...hues].map(([name, hue]) => {
                    const members = byGroup.get(name) ?? [];
                    return (
                      <li key={name}>
                        <SelectButton members={members}>
                          <span className={css.swatch} style={{ background: `var(--hw-group-${hue})` }} />
                          {name}
                        </SelectButton>
                      </li>
                    );
                  })}
                </ul>
              </section>
            )}
          </>
        )}
      </div>
    </>
  );
}

interface SelectButtonProps {
  readonly members: readonly Asset[];
  /** What they have in common. */
  readonly children: ReactNode;
}

function SelectButton({ members, children }: SelectButtonProps) {
  const { session } = useServices();
  return (
    <button
      type="button"
      className={css.keyButton}
      title={`Select ${formatPlural(members.length, 'asset')}`}
      onClick={() =>
        selectAssets(
          session,
          members.map((asset) => asset.id),
        )
      }
    >
      {children}
      <span className={css.number}>{formatCount(members.length)}</span>
    </button>
  );
}

function groupBy<K>(assets: readonly Asset[], keyOf: (asset: Asset) => K): Map<K, Asset[]> {
  const groups = new Map<K, Asset[]>();
  for (const asset of assets) {
    const group = groups.get(keyOf(asset));
    if (group) group.push(asset);
    else groups.set(keyOf(asset), [asset]);
  }
  return groups;
}
