// With several things selected: put them in line, at equal distances, or lay them out.

import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  IconSitemap,
} from '@tabler/icons-react';
import { Panel } from '@xyflow/react';
import { useSession } from '#ui/kit/services.tsx';
import { useGraphCommands } from './graph-commands.tsx';
import css from './toolbar.module.css';

const tools = [
  [
    ['align-left', 'Align left', IconLayoutAlignLeft],
    ['align-centre', 'Align centres', IconLayoutAlignCenter],
    ['align-right', 'Align right', IconLayoutAlignRight],
  ],
  [
    ['align-top', 'Align top', IconLayoutAlignTop],
    ['align-middle', 'Align middles', IconLayoutAlignMiddle],
    ['align-bottom', 'Align bottom', IconLayoutAlignBottom],
  ],
  [
    ['distribute-horizontally', 'Distribute horizontally', IconLayoutDistributeVertical],
    ['distribute-vertically', 'Distribute vertically', IconLayoutDistributeHorizontal],
  ],
  [['lay-out-selection', 'Lay out selection', IconSitemap]],
] as const;

export function SelectionToolbar() {
  const assets = useSession((state) => state.selectedAssets.size);
  const notes = useSession((state) => state.selectedNotes.size);
  const { run } = useGraphCommands();
  const count = assets + notes;
  if (count < 2) return null;
  const isEnabled = (id: string) =>
    id.startsWith('distribute') ? count > 2 : id === 'lay-out-selection' ? assets > 1 : true;
  return (
    <Panel position="bottom-center" className={css.arrange ?? ''}>
      <div role="toolbar" aria-label="Arrange the selection" className={css.tools}>
        {tools.map((group) => (
          <div key={group[0][0]} className={css.toolGroup}>
            {group.map(([id, label, Icon]) => (
              <Tooltip key={id} label={label}>
                <ActionIcon size="md" aria-label={label} disabled={!isEnabled(id)} onClick={() => run(id)}>
                  <Icon size={16} stroke={1.5} />
                </ActionIcon>
              </Tooltip>
            ))}
          </div>
        ))}
      </div>
    </Panel>
  );
}
