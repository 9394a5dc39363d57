// A project without assets: what the canvas is for, and the first step.

import { Button } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useReactFlow } from '@xyflow/react';
import { AddDataFileButton } from '#ui/import/data-file-drop.tsx';
import { KeyHint } from '#ui/kit/key-hint.tsx';
import { EmptyState } from '#ui/kit/panel-state.tsx';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { useActions } from './actions-context.ts';
import css from './empty-canvas.module.css';
import { nodeAround } from './new-assets.ts';
import { centreOf } from './use-canvas-keys.ts';

export function EmptyCanvas() {
  const isEmpty = useDocument((state) => state.document.assets.size === 0);
  const flow = useReactFlow();
  const actions = useActions();
  const { documents } = useServices();
  if (!isEmpty) return null;
  return (
    <div className={css.empty}>
      <EmptyState
        title="Draw your first asset"
        icon={<IconBraces size={24} stroke={1.5} />}
        action={
          <>
            <Button
              onClick={(event) =>
                actions.add(centreOf(event.currentTarget.closest<HTMLElement>('.react-flow'), flow))
              }
            >
              Add asset
            </Button>
            <AddDataFileButton
              position={() =>
                nodeAround(
                  documents.store.getState().document,
                  flow.screenToFlowPosition({ x: innerWidth / 2, y: innerHeight / 2 }),
                )
              }
            />
            <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
              Open an example
            </Button>
          </>
        }
      >
        An asset is a piece of data with the code that makes it. Press <KeyHint keys="A" /> or double-click
        the canvas to add one, drag from its right edge to connect it, and materialize to see its data.
      </EmptyState>
    </div>
  );
}
