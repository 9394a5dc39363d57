// Launching from the graph page: text still being typed goes into the document first, and the dock shows the
// log afterwards, or what is wrong.

import { useMemo } from 'react';
import type { AssetId, RunId } from '#model/ids.ts';
import { flushDrafts } from '#ui/inspector/open-drafts.ts';
import { useServices } from '#ui/kit/services.tsx';
import { type LaunchOptions, useLauncher } from '#ui/kit/use-launch.ts';
import { useProblems } from './use-problems.tsx';

export function useRunActions() {
  const { documents, session } = useServices();
  const launcher = useLauncher();
  const hasProblems = useProblems().length > 0;
  return useMemo(() => {
    const follow = (runId: RunId | undefined) => {
      if (runId !== undefined) session.setState({ watchedRun: runId, dockTab: 'logs', dockOpen: true });
      else if (hasProblems) session.setState({ dockTab: 'problems', dockOpen: true });
    };
    return {
      async launch(target: readonly AssetId[] | 'all', options: LaunchOptions = {}): Promise<void> {
        flushDrafts(documents);
        follow(
          await launcher.launch(
            target === 'all' ? { type: 'all' } : { type: 'assets', ids: target },
            options,
          ),
        );
      },
      async observe(ids: readonly AssetId[]): Promise<void> {
        flushDrafts(documents);
        follow(await launcher.observe(ids));
      },
      cancel: launcher.cancel,
    };
  }, [documents, session, launcher, hasProblems]);
}
