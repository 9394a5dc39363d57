// Running all of the project, and what is said of it.

import { useState } from 'react';
import { isTerminal } from '#model/events.ts';
import { formatPlural } from '#ui/kit/format.ts';
import { messageText } from '#ui/kit/messages.ts';
import { statusLabel } from '#ui/kit/status-labels.ts';
import { usePlayer, usePlayerRuns } from './player-services.ts';

export function useWholeRun() {
  const { workspace, project } = usePlayer();
  const { projectId } = project.row;
  const newest = usePlayerRuns(({ runs }) => runs[0]);
  const made = usePlayerRuns(
    ({ states }) => [...states.values()].filter(({ status }) => status === 'materialized').length,
  );
  const failed = usePlayerRuns(
    ({ states }) => [...states.values()].filter(({ status }) => status === 'failed').length,
  );
  const failedChecks = usePlayerRuns(
    ({ checks }) => [...checks.values()].filter(({ latest }) => latest?.passed === false).length,
  );
  const [problem, setProblem] = useState<string>();
  const isRunning = newest !== undefined && !isTerminal(newest.status);

  const start = () => {
    setProblem(undefined);
    workspace
      .launch(projectId, { target: { type: 'all' }, seq: project.entries.length, trigger: 'manual' })
      .then(
        (launched) => setProblem(launched.ok ? undefined : messageText(launched.error)),
        (error: unknown) => setProblem(String(error)),
      );
  };

  const total = formatPlural(project.document.assets.size, 'asset');
  const bad = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(failedChecks > 0 ? [`${formatPlural(failedChecks, 'check')} failed`] : []),
  ];
  const counts = `${[`${made} of ${total} materialized`, ...bad].join(', ')}.`;
  return {
    start,
    cancel: () => {
      if (newest) void workspace.cancel(projectId, newest.runId);
    },
    isRunning,
    hasRun: newest !== undefined,
    isBad: problem !== undefined || newest?.status === 'FAILURE',
    news:
      problem ?? (newest === undefined ? 'Nothing has run yet.' : `${statusLabel(newest.status)}: ${counts}`),
  };
}
