// Any stored value, from its reference: a table, a tree, or the plain statement that it is gone.

import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ValuePreview } from '#engine/value-preview.ts';
import type { ValueRef } from '#model/events.ts';
import { EmptyState, ErrorState, LoadingState } from '#ui/kit/panel-state.tsx';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { TableValue, TreeValue } from './table-value.tsx';

type Found =
  | { readonly type: 'loading' }
  | { readonly type: 'ready'; readonly preview: ValuePreview }
  | { readonly type: 'failed'; readonly detail: string };

/** Fills its place, which needs a height. */
interface ValueViewProps {
  readonly value: ValueRef;
  /** Names the files that the value is downloaded as. */
  readonly assetKey: string;
}

export function ValueView({ value, assetKey }: ValueViewProps) {
  const { workspace } = useServices();
  const projectId = useDocument((state) => state.projectId);
  const [attempt, setAttempt] = useState(0);
  const id = `${value.pack} ${value.offset} ${value.hash} ${attempt}`;
  const [found, setFound] = useState<{ readonly of: string; readonly result: Found }>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: `id` stands for the value and the attempt
  useEffect(() => {
    if (projectId === undefined) return;
    let wanted = true;
    workspace.preview(projectId, value).then(
      (preview) => wanted && setFound({ of: id, result: { type: 'ready', preview } }),
      (error: unknown) => {
        const detail = error instanceof Error ? error.message : String(error);
        if (wanted) setFound({ of: id, result: { type: 'failed', detail } });
      },
    );
    return () => {
      wanted = false;
    };
  }, [workspace, projectId, id]);

  const result: Found = found?.of === id ? found.result : { type: 'loading' };
  if (result.type === 'loading') return <LoadingState label="Reading the value" />;
  if (result.type === 'failed')
    return (
      <ErrorState
        title="The value could not be read"
        action={
          <Button variant="default" onClick={() => setAttempt(attempt + 1)}>
            Try again
          </Button>
        }
      >
        {result.detail}
      </ErrorState>
    );
  const { preview } = result;
  if (preview.type === 'lost' && preview.wasInMemory)
    return (
      <EmptyState title="This value is gone">
        The IO manager of this asset keeps values in memory only, as long as the tab that made them lives, and
        only the newest. Materialize the asset again to have its value here.
      </EmptyState>
    );
  if (preview.type === 'lost' && preview.isDeleted)
    return (
      <EmptyState title="This value was not kept">
        Only the newest values of each asset are kept, as the settings say. What is known about this
        materialization stands; materialize the asset again for a new value.
      </EmptyState>
    );
  if (preview.type === 'lost')
    return (
      <ErrorState title="Value lost">
        The stored bytes are missing or damaged. What is known about the materialization stands; materialize
        the asset again to have its value.
      </ErrorState>
    );
  if (preview.type === 'tree')
    return <TreeValue key={id} value={value} assetKey={assetKey} root={preview.root} />;
  if (preview.columns.length === 0 || preview.rowCount === 0)
    return (
      <EmptyState title="An empty table">
        It has {preview.rowCount === 0 ? 'no rows' : 'no columns'}.
      </EmptyState>
    );
  return <TableValue key={id} value={value} assetKey={assetKey} preview={preview} />;
}
