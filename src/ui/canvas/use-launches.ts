// The ways to start a run from the graph page, each under its name.

import { useMemo } from 'react';
import type { AssetId } from '#model/ids.ts';
import type { AppCommand } from '#ui/kit/app-commands.tsx';
import { formatPlural } from '#ui/kit/format.ts';
import { useServices } from '#ui/kit/services.tsx';
import { shortcuts } from '#ui/kit/shortcuts.ts';
import type { LaunchOptions } from '#ui/kit/use-launch.ts';
import { useCanvasStore } from './canvas-store.ts';
import { observable, runnable, staleTargets, withReach } from './launch-targets.ts';
import { useRunActions } from './use-run-actions.ts';

export type LaunchTarget = readonly AssetId[] | 'all';

export interface Launches {
  launch(target: LaunchTarget, options?: LaunchOptions): Promise<void>;
  commands(): readonly AppCommand[];
}

export function useLaunches(): Launches {
  const { documents, session, runs } = useServices();
  const canvas = useCanvasStore();
  const actions = useRunActions();
  return useMemo((): Launches => {
    const launch = async (target: LaunchTarget, options?: LaunchOptions) => {
      canvas.setState({ isLaunching: true });
      try {
        await actions.launch(target, options);
      } finally {
        canvas.setState({ isLaunching: false });
      }
    };
    return {
      launch,
      commands() {
        const { graph } = documents.store.getState();
        const selected = [...session.getState().selectedAssets].filter((id) => graph.document.assets.has(id));
        const command = (
          id: string,
          label: string,
          targets: readonly AssetId[],
          target: LaunchTarget = targets,
          keys?: string,
        ): AppCommand => ({
          id,
          label: targets.length === 0 ? label : `${label} (${formatPlural(targets.length, 'asset')})`,
          section: 'Run',
          isEnabled: targets.length > 0,
          run: () => void launch(target),
          ...(keys === undefined ? {} : { keys }),
        });
        const upTo = withReach(graph, selected, 'upstream');
        const from = withReach(graph, selected, 'downstream');
        return [
          command(
            'materialize-all',
            'Materialize all',
            runnable(graph, graph.document.assets.keys()),
            'all',
            shortcuts.materializeAll.keys,
          ),
          command(
            'materialize-selected',
            'Materialize selected',
            runnable(graph, selected),
            selected,
            shortcuts.materializeSelected.keys,
          ),
          command(
            'materialize-stale',
            'Materialize unsynced',
            staleTargets(graph, runs.store.getState().states),
          ),
          command('materialize-up-to', 'Materialize up to here', selected.length > 0 ? upTo : []),
          command('materialize-from', 'Materialize from here', selected.length > 0 ? from : []),
          {
            ...command('observe-selected', 'Observe selected', observable(graph, selected)),
            run: () => void actions.observe(observable(graph, selected)),
          },
          {
            id: 'preview-plan',
            label: `${shortcuts.previewPlan.does}…`,
            section: 'Run',
            keys: shortcuts.previewPlan.keys,
            isEnabled: graph.document.assets.size > 0,
            run: () =>
              canvas.setState({ previewing: runnable(graph, selected).length > 0 ? 'selected' : 'all' }),
          },
        ];
      },
    };
  }, [documents, session, runs, canvas, actions]);
}
