// Starts and cancels runs. A launch waits until every edit is in the log, so that it runs what the user sees.

import { useMemo } from 'react';
import type { LaunchRequest, Reexecution } from '#engine/workspace-port.ts';
import type { RunRecord } from '#model/events.ts';
import type { AssetId, CheckId, RunId } from '#model/ids.ts';
import { noticeError, noticeFault } from './notices.ts';
import { launchSettings } from './run-settings.ts';
import { useServices } from './services.tsx';

/** `reuse`: what is up to date is not made again. `config`: in place of the defaults. */
export type LaunchOptions = Pick<LaunchRequest, 'reuse' | 'config'>;

export interface Launcher {
  /** Answers with the run, or undefined after saying why there is none. */
  launch(target: LaunchRequest['target'], options?: LaunchOptions): Promise<RunId | undefined>;
  /** Runs steps of an earlier run again, those of `ids` that the project still has, with the config it had. */
  reexecute(
    parent: Pick<RunRecord, 'runId' | 'config'>,
    strategy: Reexecution['strategy'],
    ids: readonly AssetId[] | { readonly checks: readonly CheckId[] },
  ): Promise<RunId | undefined>;
  /** Looks at observable assets. */
  observe(ids: readonly AssetId[]): Promise<RunId | undefined>;
  cancel(runId: RunId): Promise<void>;
}

const notStarted = 'The run was not started';

export function useLauncher(): Launcher {
  const { workspace, documents, preferences } = useServices();
  return useMemo((): Launcher => {
    const start = async (
      target: LaunchRequest['target'],
      trigger: LaunchRequest['trigger'],
      more: Pick<LaunchRequest, 'reexecution' | 'reuse' | 'config' | 'observe'> = {},
    ): Promise<RunId | undefined> => {
      try {
        if (!(await documents.settled())) {
          noticeFault(notStarted, 'Your latest changes are not saved yet; the top bar says why.');
          return undefined;
        }
        const { projectId, seq } = documents.store.getState();
        if (projectId === undefined) return undefined;
        const launched = await workspace.launch(projectId, {
          target,
          seq,
          trigger,
          ...launchSettings(preferences),
          ...more,
        });
        if (launched.ok) return launched.value;
        noticeError(launched.error, notStarted);
      } catch (error) {
        noticeFault(notStarted, error);
      }
      return undefined;
    };
    return {
      launch: (target, options = {}) => start(target, 'manual', options),
      reexecute: ({ runId: parentRunId, config }, strategy, ids) => {
        const { assets } = documents.store.getState().document;
        const target: LaunchRequest['target'] =
          'checks' in ids
            ? { type: 'checks', ids: ids.checks }
            : { type: 'assets', ids: ids.filter((id) => assets.has(id)) };
        return start(target, 'retry', {
          reexecution: { parentRunId, strategy },
          ...(config === undefined ? {} : { config }),
        });
      },
      observe: (ids) => start({ type: 'assets', ids }, 'manual', { observe: true }),
      cancel: async (runId) => {
        const { projectId } = documents.store.getState();
        if (projectId === undefined) return;
        try {
          await workspace.cancel(projectId, runId);
        } catch (error) {
          noticeFault('The run was not canceled', error);
        }
      },
    };
  }, [workspace, documents, preferences]);
}
