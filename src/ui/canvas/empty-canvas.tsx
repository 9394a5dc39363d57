// A project without assets: what the canvas is for, and the first step.

import { Button } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { AddDataFileButton } from '#ui/import/data-file-drop.tsx';
import { KeyHint } from '#ui/kit/key-hint.tsx';
import { EmptyState } from '#ui/kit/panel-state.tsx';
import { useDocument } from '#ui/kit/services.tsx';
import { useActions } from './actions-context.ts';
import css from './empty-canvas.module.css';

export function EmptyCanvas() {
  const isEmpty = useDocument((state) => state.document.assets.size === 0);
  const actions = useActions();
  if (!isEmpty) return null;
  return (
    <div className={css.empty}>
      <EmptyState
        title="Draw your first asset"
        icon={<IconBraces size={24} stroke={1.5} />}
        action={
          <>
            <Button onClick={() => actions.add('asset')}>Add asset</Button>
            <AddDataFileButton position={actions.placeForNext} />
            <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
              Open an example
            </Button>
          </>
        }
      >
        An asset is a piece of data with the code that makes it. Drop a data file here, or press{' '}
        <KeyHint keys="A" /> or double-click the canvas to add one. Drag from its right edge to connect it,
        and materialize to see its data.
      </EmptyState>
    </div>
  );
}
