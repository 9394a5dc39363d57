// Says aloud, for screen readers, that a run has ended and how.

import { useEffect, useState } from 'react';
import { isTerminal, type RunRecord } from '#model/events.ts';
import { formatPlural } from '#ui/kit/format.ts';
import { useServices } from '#ui/kit/services.tsx';

export function RunAnnouncer() {
  const { runs } = useServices();
  const [words, setWords] = useState('');
  useEffect(() => {
    const underWay = new Set<string>();
    const look = (records: readonly RunRecord[]) => {
      for (const run of records) {
        if (!isTerminal(run.status)) underWay.add(run.runId);
        else if (underWay.delete(run.runId)) setWords(runEndWords(run));
      }
    };
    look(runs.store.getState().runs);
    return runs.store.subscribe((state, before) => {
      if (state.runs !== before.runs) look(state.runs);
    });
  }, [runs]);
  return (
    <div className="hw-hidden" role="status" aria-live="polite">
      {words}
    </div>
  );
}

/** "Run finished: 9 steps succeeded". Several assets may be made by one step, and checks are steps too. */
function runEndWords(run: RunRecord): string {
  const done = `${formatPlural(run.succeeded, 'step')} succeeded`;
  const failed = run.failed > 0 ? `, ${run.failed} failed` : '';
  const skipped = run.skipped > 0 ? `, ${run.skipped} skipped` : '';
  switch (run.status) {
    case 'SUCCESS':
      return `Run finished: ${done}`;
    case 'CANCELED':
      return `Run canceled: ${done}${failed}${skipped}`;
    case 'INTERRUPTED':
      return `Run interrupted: ${done}${failed}${skipped}`;
    default:
      return `Run failed: ${done}${failed}${skipped}`;
  }
}
