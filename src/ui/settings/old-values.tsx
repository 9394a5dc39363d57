// What the open project's old values take up, and their removal: it says first how much that frees.

import { Button } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import type { PruningPlan } from '#engine/workspace-port.ts';
import { ConfirmDialog } from '#ui/kit/confirm-dialog.tsx';
import { formatBytes, formatPlural } from '#ui/kit/format.ts';
import { noticeDone, noticeError, noticeFault } from '#ui/kit/notices.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import css from './settings-page.module.css';

export function OldValues({ keep }: { readonly keep: number | undefined }) {
  const { workspace } = useServices();
  const projectId = useDocument((state) => state.projectId);
  const name = useDocument((state) => state.document.info.name);
  const [plan, setPlan] = useState<PruningPlan | 'failed'>();
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);

  const look = useCallback(() => {
    if (projectId === undefined) return;
    workspace.planPruning(projectId, keep ?? Number.MAX_SAFE_INTEGER).then(setPlan, () => setPlan('failed'));
  }, [workspace, projectId, keep]);
  useEffect(look, [look]);

  if (projectId === undefined) return null;
  const prune = async () => {
    if (keep === undefined) return;
    setIsBusy(true);
    try {
      const pruned = await workspace.pruneValues(projectId, keep);
      if (pruned.ok) noticeDone(`${usesText(pruned.value.removable)} removed.`);
      else noticeError(pruned.error, 'The old values were not removed');
    } catch (error) {
      noticeFault('The old values were not removed', error);
    }
    setIsBusy(false);
    setIsAsking(false);
    look();
  };

  return (
    <div className={css.old} role="status">
      {plan === undefined ? (
        <p>Counting the values of “{name}”…</p>
      ) : plan === 'failed' ? (
        <p>The values of “{name}” could not be counted. Reload the page to try again.</p>
      ) : (
        <>
          <p>
            “{name}” keeps {usesText(plan.all)}.
            {keep === undefined
              ? ''
              : plan.removable.values === 0
                ? ' None of them is older than that.'
                : ` ${usesText(plan.removable)} ${plan.removable.values === 1 ? 'is' : 'are'} older than that.`}
            {plan.heldBack.values > 0
              ? ` ${usesText(plan.heldBack)} more stay for now: they were stored together with newer ones.`
              : ''}
          </p>
          {plan.removable.values > 0 ? (
            <Button size="sm" variant="default" onClick={() => setIsAsking(true)}>
              Remove them now
            </Button>
          ) : null}
          <ConfirmDialog
            opened={isAsking}
            title={`Remove ${formatPlural(plan.removable.values, 'old value')}?`}
            confirmLabel={`Free ${formatBytes(plan.removable.bytes)}`}
            danger
            busy={isBusy}
            onCancel={() => setIsAsking(false)}
            onConfirm={() => void prune()}
          >
            {usesText(plan.removable)} of “{name}” leave this browser. Their history stays, and each asset
            keeps its newest {keep === 1 ? 'value' : formatPlural(keep ?? 1, 'value')}. This cannot be undone.
          </ConfirmDialog>
        </>
      )}
    </div>
  );
}

const usesText = ({ values, bytes }: { readonly values: number; readonly bytes: number }): string =>
  `${formatPlural(values, 'value')} (${formatBytes(bytes)})`;
