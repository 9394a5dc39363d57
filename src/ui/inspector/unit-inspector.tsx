// A unit as a whole, which is what all of its outputs selected together are: its name, its body, its settings.

import { Button, Tabs } from '@mantine/core';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import type { Unit } from '#model/document.ts';
import { rowsOf } from '#ui/canvas/node-places.ts';
import { UnitCode } from '#ui/code/code-tab.tsx';
import compact from '#ui/kit/compact-form.module.css';
import { ErrorBoundary } from '#ui/kit/error-boundary.tsx';
import { formatPlural } from '#ui/kit/format.ts';
import { useDocument, useServices, useSession } from '#ui/kit/services.tsx';
import { useLauncher } from '#ui/kit/use-launch.ts';
import { CloseInspector } from './asset-header.tsx';
import css from './inspector.module.css';
import { ObserveButton } from './observe-button.tsx';
import { flushDrafts } from './open-drafts.ts';
import tabCss from './settings-tab.module.css';
import { UnitBody } from './unit-body.tsx';
import { unitIcons, unitKindNames } from './unit-looks.ts';
import { UnitSettings } from './unit-settings.tsx';

export function UnitInspector({ unit }: { readonly unit: Unit }) {
  const { session, documents } = useServices();
  const { launch } = useLauncher();
  const outputs = useDocument((state) => rowsOf(state.document, unit.id));
  const wanted = useSession((state) => state.inspectorTab);
  const tab = wanted === 'settings' || wanted === 'code' ? wanted : 'body';
  const first = outputs[0];
  if (!first) return null;
  const Icon = unitIcons[unit.kind];
  const materialize = async () => {
    flushDrafts(documents);
    const runId = await launch({ type: 'assets', ids: outputs.map(({ id }) => id) });
    if (runId !== undefined) session.setState({ watchedRun: runId, dockTab: 'logs', dockOpen: true });
  };
  return (
    <>
      <header className={css.header}>
        <div className={css.headLine}>
          <Icon size={18} stroke={1.5} color="var(--hw-text-3)" aria-hidden />
          <h2 className={css.title} title={unit.name}>
            {unit.name}
          </h2>
          {unit.kind === 'multi-observable' ? (
            <ObserveButton assetIds={outputs.map(({ id }) => id)} />
          ) : (
            <Button
              variant="default"
              leftSection={<IconPlayerPlayFilled size={12} />}
              onClick={() => void materialize()}
            >
              Materialize {formatPlural(outputs.length, 'asset')}
            </Button>
          )}
          <CloseInspector />
        </div>
        <div className={css.subLine}>
          {unitKindNames[unit.kind]} · {formatPlural(outputs.length, 'asset')}
        </div>
      </header>
      <Tabs
        className={css.tabs ?? ''}
        value={tab}
        onChange={(value) =>
          session.setState({ inspectorTab: value === 'settings' || value === 'code' ? value : 'body' })
        }
        classNames={{ list: css.tabList ?? '', tab: css.tab ?? '', panel: css.panel ?? '' }}
      >
        <Tabs.List aria-label={unitKindNames[unit.kind]}>
          <Tabs.Tab value="body">{unit.kind === 'graph' ? 'Ops' : 'Body'}</Tabs.Tab>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
          <Tabs.Tab value="code">Code</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <ErrorBoundary name="This panel" resetKey={`${unit.id} ${tab}`}>
            {tab === 'body' ? (
              <UnitBody unitId={unit.id} assetId={first.id} />
            ) : tab === 'code' ? (
              <UnitCode id={unit.id} />
            ) : (
              <div className={`${tabCss.settings} ${compact.form}`}>
                <UnitSettings unit={unit} />
              </div>
            )}
          </ErrorBoundary>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
