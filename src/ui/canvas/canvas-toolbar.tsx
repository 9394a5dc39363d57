// Adding assets, laying them out, and looking around.

import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconFocusCentered,
  IconLayoutDistributeHorizontal,
  IconListDetails,
  IconListTree,
  IconMap2,
  IconMarquee2,
  IconMinus,
  IconPlus,
  IconSearch,
} from '@tabler/icons-react';
import { Panel } from '@xyflow/react';
import { AddDataFileButton } from '#ui/import/data-file-drop.tsx';
import { keysText } from '#ui/kit/key-hint.tsx';
import { useDocument } from '#ui/kit/services.tsx';
import { shortcuts } from '#ui/kit/shortcuts.ts';
import { useActions } from './actions-context.ts';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import { useGraphCommands } from './graph-commands.tsx';
import css from './toolbar.module.css';

export function CanvasToolbar() {
  const actions = useActions();
  const { layout, run } = useGraphCommands();
  const isEmpty = useDocument((state) => state.document.assets.size === 0);
  const outlineOpen = useCanvas((state) => state.outlineOpen);
  // The empty canvas offers its own first step.
  if (isEmpty) return null;
  return (
    <Panel position="top-left" className={css.bar ?? ''}>
      <Tooltip label="Add asset (A, or double-click the canvas)">
        <Button
          className={css.wordy ?? ''}
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => actions.add('asset')}
        >
          Add asset
        </Button>
      </Tooltip>
      <AddDataFileButton position={actions.placeForNext} className={css.wordy ?? ''} />
      <Tooltip label="Lay out the graph from left to right (L)">
        <Button
          className={css.wordy ?? ''}
          variant="default"
          leftSection={<IconLayoutDistributeHorizontal size={14} />}
          loading={layout.isBusy}
          onClick={() => void layout.run()}
        >
          Lay out
        </Button>
      </Tooltip>
      <Tooltip label="Outline: the graph as a tree (O)">
        <ActionIcon
          size="md"
          variant="default"
          aria-label="Outline"
          aria-pressed={outlineOpen}
          onClick={() => run('outline')}
        >
          <IconListTree size={16} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`Find on the canvas (${keysText(shortcuts.search.keys)})`}>
        <ActionIcon
          className={css.spare ?? ''}
          size="md"
          variant="default"
          aria-label="Find on the canvas"
          onClick={() => run('search')}
        >
          <IconSearch size={16} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
    </Panel>
  );
}

export interface CanvasControlsProps {
  readonly minimap: boolean;
  onMinimap(shown: boolean): void;
}

export function CanvasControls({ minimap, onMinimap }: CanvasControlsProps) {
  const canvas = useCanvasStore();
  const { run } = useGraphCommands();
  const dragSelects = useCanvas((state) => state.dragSelects);
  const showValues = useCanvas((state) => state.showValues);
  return (
    <Panel position="bottom-left" className={css.controls ?? ''}>
      <Control label="Zoom in" keys="+" onClick={() => run('zoom-in')} Icon={IconPlus} />
      <Control label="Zoom out" keys="-" onClick={() => run('zoom-out')} Icon={IconMinus} />
      <Control label="Zoom to fit" keys="F" onClick={() => run('fit')} Icon={IconFocusCentered} />
      <Control
        label="Drag to select"
        keys="S"
        pressed={dragSelects}
        onClick={() => canvas.setState({ dragSelects: !dragSelects })}
        Icon={IconMarquee2}
      />
      <Control
        label="Values on the nodes"
        keys="V"
        pressed={showValues}
        onClick={() => run('show-values')}
        Icon={IconListDetails}
      />
      <Control
        label={minimap ? 'Hide overview' : 'Show overview'}
        onClick={() => onMinimap(!minimap)}
        Icon={IconMap2}
      />
    </Panel>
  );
}

interface ControlProps {
  readonly label: string;
  readonly Icon: typeof IconPlus;
  readonly keys?: string;
  readonly pressed?: boolean;
  onClick(): void;
}

function Control({ label, Icon, keys, pressed, onClick }: ControlProps) {
  return (
    <Tooltip label={keys === undefined ? label : `${label} (${keys})`} position="top">
      <ActionIcon
        size="md"
        aria-label={label}
        onClick={onClick}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        {...(pressed ? { variant: 'light', color: 'river' } : {})}
      >
        <Icon size={16} stroke={1.5} />
      </ActionIcon>
    </Tooltip>
  );
}
