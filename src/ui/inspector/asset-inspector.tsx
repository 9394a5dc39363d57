// One asset: its name and status, and tabs for what it is, what it made and what happened to it.

import { Tabs } from '@mantine/core';
import type { Asset } from '#model/document.ts';
import type { InspectorTab } from '#state/session-store.ts';
import { ChecksTab } from '#ui/checks/checks-tab.tsx';
import { AssetCode } from '#ui/code/code-tab.tsx';
import { ErrorBoundary } from '#ui/kit/error-boundary.tsx';
import { useDocument, useServices, useSession } from '#ui/kit/services.tsx';
import { AssetHeader } from './asset-header.tsx';
import { BodyTab } from './body-tab.tsx';
import { DataTab } from './data-tab.tsx';
import css from './inspector.module.css';
import { MaterializationHistory } from './materialization-history.tsx';
import { SettingsTab } from './settings-tab.tsx';

const tabs: readonly { readonly tab: InspectorTab; readonly label: string }[] = [
  { tab: 'body', label: 'Body' },
  { tab: 'settings', label: 'Settings' },
  { tab: 'data', label: 'Data' },
  { tab: 'checks', label: 'Checks' },
  { tab: 'code', label: 'Code' },
  { tab: 'history', label: 'History' },
];

export function AssetInspector({ asset }: { readonly asset: Asset }) {
  const { session } = useServices();
  const tab = useSession((state) => state.inspectorTab);
  const isGraph = useDocument(
    ({ document }) => asset.kind === 'output' && document.units.get(asset.unit)?.kind === 'graph',
  );
  return (
    <>
      <AssetHeader asset={asset} key={asset.id} />
      <Tabs
        className={css.tabs ?? ''}
        value={tab}
        onChange={(value) => {
          const chosen = tabs.find((each) => each.tab === value);
          if (chosen) session.setState({ inspectorTab: chosen.tab });
        }}
        classNames={{ list: css.tabList ?? '', tab: css.tab ?? '', panel: css.panel ?? '' }}
      >
        <Tabs.List aria-label="Asset">
          {tabs.map((each) => (
            <Tabs.Tab value={each.tab} key={each.tab}>
              {each.tab === 'body' && isGraph ? 'Ops' : each.label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <ErrorBoundary name="This panel" resetKey={`${asset.id} ${tab}`}>
            {tab === 'body' ? <BodyTab asset={asset} /> : null}
            {tab === 'settings' ? <SettingsTab asset={asset} key={asset.id} /> : null}
            {tab === 'data' ? <DataTab asset={asset} key={asset.id} /> : null}
            {tab === 'checks' ? <ChecksTab asset={asset} key={asset.id} /> : null}
            {tab === 'code' ? <AssetCode id={asset.id} key={asset.id} /> : null}
            {tab === 'history' ? (
              <div className={css.scroll}>
                <MaterializationHistory assetId={asset.id} key={asset.id} />
              </div>
            ) : null}
          </ErrorBoundary>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
