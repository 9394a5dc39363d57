// Adding assets, laying them out, and looking around.

import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconFocusCentered,
  IconLayoutDistributeHorizontal,
  IconMap2,
  IconMinus,
  IconPlus,
} from '@tabler/icons-react';
import { Panel, useReactFlow } from '@xyflow/react';
import { useRef } from 'react';
import { AddDataFileButton } from '#ui/import/data-file-drop.tsx';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { useActions } from './actions-context.ts';
import { fitOptions } from './fit-options.ts';
import { nodeAround } from './new-assets.ts';
import css from './toolbar.module.css';
import { centreOf } from './use-canvas-keys.ts';
import { useLayout } from './use-layout.ts';

const glide = { duration: 140 };

export function CanvasToolbar() {
  const flow = useReactFlow();
  const actions = useActions();
  const layout = useLayout();
  const { documents } = useServices();
  const bar = useRef<HTMLDivElement>(null);
  const isEmpty = useDocument((state) => state.document.assets.size === 0);
  // The empty canvas offers its own first step.
  if (isEmpty) return null;
  return (
    <Panel position="top-left" className={css.bar ?? ''} ref={bar}>
      <Tooltip label="Add asset (A, or double-click the canvas)">
        <Button
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={(event) =>
            actions.add(centreOf(event.currentTarget.closest<HTMLElement>('.react-flow'), flow))
          }
        >
          Add asset
        </Button>
      </Tooltip>
      <AddDataFileButton
        position={() =>
          nodeAround(
            documents.store.getState().document,
            centreOf(bar.current?.closest<HTMLElement>('.react-flow') ?? null, flow),
          )
        }
      />
      <Tooltip label="Lay out the graph from left to right">
        <Button
          variant="default"
          leftSection={<IconLayoutDistributeHorizontal size={14} />}
          loading={layout.isBusy}
          onClick={() => void layout.run()}
        >
          Lay out
        </Button>
      </Tooltip>
    </Panel>
  );
}

export interface CanvasControlsProps {
  readonly minimap: boolean;
  onMinimap(shown: boolean): void;
}

export function CanvasControls({ minimap, onMinimap }: CanvasControlsProps) {
  const flow = useReactFlow();
  return (
    <Panel position="bottom-left" className={css.controls ?? ''}>
      <Control label="Zoom in" onClick={() => void flow.zoomIn(glide)} Icon={IconPlus} />
      <Control label="Zoom out" onClick={() => void flow.zoomOut(glide)} Icon={IconMinus} />
      <Control
        label="Zoom to fit"
        onClick={() => void flow.fitView({ ...fitOptions, ...glide })}
        Icon={IconFocusCentered}
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
  onClick(): void;
}

function Control({ label, Icon, onClick }: ControlProps) {
  return (
    <Tooltip label={label} position="right">
      <ActionIcon size="md" aria-label={label} onClick={onClick}>
        <Icon size={16} stroke={1.5} />
      </ActionIcon>
    </Tooltip>
  );
}
