// All events of a run: what is stored, and what is heard while it goes on.

import { useEffect, useMemo, useState } from 'react';
import type { RunEvent } from '#model/events.ts';
import type { RunId } from '#model/ids.ts';
import { useDocument, useRuns, useServices } from '#ui/kit/services.tsx';

export type RunEvents =
  | { readonly type: 'loading' }
  | { readonly type: 'ready'; readonly events: readonly RunEvent[] }
  | { readonly type: 'failed'; readonly detail: string };

/** `isOver`: the run has ended, so that what is stored is all there will be. */
export function useRunEvents(runId: RunId | undefined, isOver: boolean): RunEvents {
  const { workspace, runs } = useServices();
  const projectId = useDocument((state) => state.projectId);
  const live = useRuns((state) => (state.live?.runId === runId ? state.live?.events : undefined));
  const [stored, setStored] = useState<{
    readonly of: RunId;
    readonly found: RunEvents;
    /** It was read after the end of the run. */
    readonly isWhole: boolean;
  }>();

  // Before the stored events are asked for, so that nothing falls between.
  useEffect(() => runs.watch(), [runs]);

  useEffect(() => {
    if (projectId === undefined || runId === undefined) return;
    let wanted = true;
    workspace.runEvents(projectId, runId).then(
      (events) => wanted && setStored({ of: runId, found: { type: 'ready', events }, isWhole: isOver }),
      (error: unknown) =>
        wanted && setStored({ of: runId, found: { type: 'failed', detail: String(error) }, isWhole: false }),
    );
    return () => {
      wanted = false;
    };
  }, [workspace, projectId, runId, isOver]);

  return useMemo((): RunEvents => {
    // Nobody may have listened for a moment in between: what is stored at the end is right.
    if (stored?.isWhole && stored.of === runId) return stored.found;
    if (live && isFromStart(live)) return { type: 'ready', events: live };
    const found: RunEvents = stored && stored.of === runId ? stored.found : { type: 'loading' };
    if (!live || live.length === 0) return found;
    return { type: 'ready', events: joined(found.type === 'ready' ? found.events : [], live) };
  }, [live, stored, runId]);
}

const isFromStart = (events: readonly RunEvent[]) => events[0]?.type === 'RUN_ENQUEUED';

// What was heard live may overlap the end of what was stored by then.
function joined(stored: readonly RunEvent[], live: readonly RunEvent[]): readonly RunEvent[] {
  const first = live[0];
  if (!first) return stored;
  const start = stored.findLastIndex((event) => isSame(event, first));
  if (start === -1) return [...stored, ...live];
  const overlap = stored.length - start;
  return overlap >= live.length ? stored : [...stored, ...live.slice(overlap)];
}

const isSame = (a: RunEvent, b: RunEvent): boolean =>
  a.type === b.type && a.timestamp === b.timestamp && a.stepKey === b.stepKey && a.message === b.message;
