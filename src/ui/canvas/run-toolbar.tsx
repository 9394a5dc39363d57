// Starting and stopping runs, and how far the one under way is.

import { Button, Tooltip } from '@mantine/core';
import { IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { Panel } from '@xyflow/react';
import { useState } from 'react';
import type { RunRecord } from '#model/events.ts';
import type { DocumentState } from '#state/document-store.ts';
import { activeRun } from '#state/runs-store.ts';
import { formatCount, formatDuration, formatPlural } from '#ui/kit/format.ts';
import { useDocument, useRuns, useSession } from '#ui/kit/services.tsx';
import { useEverySecond } from '#ui/kit/use-every-second.ts';
import css from './toolbar.module.css';
import { useRunActions } from './use-run-actions.ts';

export function RunToolbar() {
  const actions = useRunActions();
  const run = useRuns(activeRun);
  const selected = useSession((state) => state.selectedAssets);
  const assetCount = useDocument(materializableCount);
  const [launching, setLaunching] = useState(false);

  const launch = async (target: 'all' | 'selected') => {
    setLaunching(true);
    try {
      await actions.launch(target === 'all' ? 'all' : [...selected]);
    } finally {
      setLaunching(false);
    }
  };

  return (
    <Panel position="top-right" className={css.bar ?? ''}>
      {run ? <RunProgress run={run} /> : null}
      {selected.size > 0 ? (
        <Tooltip label={`Materialize ${formatPlural(selected.size, 'asset')}`}>
          <Button variant="default" disabled={launching} onClick={() => void launch('selected')}>
            Materialize selected
          </Button>
        </Tooltip>
      ) : null}
      <Tooltip
        label={assetCount === 0 ? 'Add an asset first' : `Materialize ${formatPlural(assetCount, 'asset')}`}
      >
        <Button
          leftSection={<IconPlayerPlayFilled size={12} />}
          disabled={launching || assetCount === 0}
          onClick={() => void launch('all')}
        >
          Materialize all
        </Button>
      </Tooltip>
    </Panel>
  );
}

function RunProgress({ run }: { readonly run: RunRecord }) {
  const actions = useRunActions();
  const now = useEverySecond(true);
  const done = run.succeeded + run.failed + run.skipped;
  const elapsed = Math.max(0, now - (run.startedAt ?? run.createdAt));
  const seconds = Math.floor(elapsed / 1000);
  const time = seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000);
  return (
    <>
      <div className={css.progress}>
        <span>
          {run.status === 'QUEUED'
            ? 'Queued'
            : `${formatCount(done)} of ${formatCount(run.stepCount)} · ${time}`}
        </span>
        {run.failed > 0 ? <span className={css.failed}>{formatPlural(run.failed, 'failure')}</span> : null}
        <div
          className={css.meter}
          role="progressbar"
          aria-label="Run"
          aria-valuenow={done}
          aria-valuemin={0}
          aria-valuemax={run.stepCount}
        >
          <div style={{ width: `${run.stepCount === 0 ? 0 : (done / run.stepCount) * 100}%` }} />
        </div>
      </div>
      <Button
        variant="default"
        leftSection={<IconPlayerStopFilled size={12} />}
        loading={run.status === 'CANCELING'}
        onClick={() => void actions.cancel(run.runId)}
      >
        Cancel run
      </Button>
    </>
  );
}

function materializableCount({ document }: DocumentState): number {
  let count = 0;
  for (const asset of document.assets.values()) if (asset.kind !== 'external') count++;
  return count;
}
