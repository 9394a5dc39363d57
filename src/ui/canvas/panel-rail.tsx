// The inspector's tabs as icons, where there is no room for the inspector or it is closed.

import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconAdjustmentsHorizontal,
  IconBraces,
  IconChecklist,
  IconFileCode,
  IconHistory,
  IconTable,
} from '@tabler/icons-react';
import type { InspectorTab } from '#state/session-store.ts';
import { useServices, useSession } from '#ui/kit/services.tsx';
import css from './panel-rail.module.css';

const tabs: readonly { tab: InspectorTab; label: string; Icon: typeof IconBraces }[] = [
  { tab: 'body', label: 'Body', Icon: IconBraces },
  { tab: 'settings', label: 'Settings', Icon: IconAdjustmentsHorizontal },
  { tab: 'data', label: 'Data', Icon: IconTable },
  { tab: 'checks', label: 'Checks', Icon: IconChecklist },
  { tab: 'code', label: 'Code', Icon: IconFileCode },
  { tab: 'history', label: 'History', Icon: IconHistory },
];

export function PanelRail() {
  const { session } = useServices();
  const open = useSession((state) => (state.inspectorOpen ? state.inspectorTab : undefined));
  return (
    <nav className={css.rail} aria-label="Inspector panels">
      {tabs.map(({ tab, label, Icon }) => (
        <Tooltip key={tab} label={label} position="left">
          <ActionIcon
            size="md"
            aria-label={label}
            aria-pressed={open === tab}
            variant={open === tab ? 'light' : 'subtle'}
            color={open === tab ? 'river' : 'gray'}
            onClick={() =>
              session.setState(
                open === tab ? { inspectorOpen: false } : { inspectorTab: tab, inspectorOpen: true },
              )
            }
          >
            <Icon size={18} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      ))}
    </nav>
  );
}
