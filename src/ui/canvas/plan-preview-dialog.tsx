// The plan before it runs: what will run, be reused or be skipped, why, and about how long it takes. The button
// launches what is shown.

import { Button, Checkbox, Group, Modal, SegmentedControl } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { PlanPreview, PreviewRow } from '#engine/plan-preview.ts';
import { formatDuration, formatPlural } from '#ui/kit/format.ts';
import { messageOf } from '#ui/kit/messages.ts';
import { LoadingState } from '#ui/kit/panel-state.tsx';
import { useDocument, useRuns, useServices, useSession } from '#ui/kit/services.tsx';
import { type LaunchVariant, useCanvas, useCanvasStore } from './canvas-store.ts';
import { configurableSteps } from './configurable-steps.ts';
import { useGraphCommands } from './graph-commands.tsx';
import { staleTargets, withReach } from './launch-targets.ts';
import css from './plan-preview-dialog.module.css';
import { previewSummary, reasonText } from './plan-preview-text.ts';
import { type GivenConfig, RunConfig } from './run-config.tsx';
import type { LaunchTarget } from './use-launches.ts';

/** More than this are counted, not listed. */
const mostListed = 300;

export function PlanPreviewDialog() {
  const canvas = useCanvasStore();
  const variant = useCanvas((state) => state.previewing);
  if (variant === undefined) return null;
  return (
    <Modal
      opened
      onClose={() => canvas.setState({ previewing: undefined })}
      title="Plan"
      size={640}
      styles={{ title: { fontSize: 16, fontWeight: 600 } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <PlanView variant={variant} />
    </Modal>
  );
}

function PlanView({ variant }: { readonly variant: LaunchVariant }) {
  const canvas = useCanvasStore();
  const { launches } = useGraphCommands();
  const isLaunching = useCanvas((state) => state.isLaunching);
  const selected = useSession((state) => state.selectedAssets);
  const [reuse, setReuse] = useState(false);
  const [given, setGiven] = useState<GivenConfig>({});
  const document = useDocument((state) => state.document);
  const target = useTarget(variant);
  const preview = usePreview(target, reuse, given);
  const configurable = preview ? configurableSteps(document, preview.rows) : [];
  const toRun = preview?.rows.filter((row) => row.does === 'run').length ?? 0;
  const launch = () => {
    canvas.setState({ previewing: undefined });
    const names = new Set(configurable.map(({ name }) => name));
    const assets = Object.fromEntries(Object.entries(given).filter(([name]) => names.has(name)));
    void launches.launch(target, {
      ...(reuse ? { reuse } : {}),
      ...(Object.keys(assets).length > 0 ? { config: { assets } } : {}),
    });
  };
  const variants = [
    { value: 'all', label: 'All' },
    { value: 'stale', label: 'Unsynced' },
    { value: 'selected', label: 'Selected', disabled: selected.size === 0 },
    { value: 'up-to', label: 'Up to here', disabled: selected.size === 0 },
    { value: 'from', label: 'From here', disabled: selected.size === 0 },
  ];
  return (
    <>
      <Group justify="space-between" gap="xs">
        <SegmentedControl
          aria-label="What to materialize"
          data={variants}
          value={variant}
          onChange={(value) => canvas.setState({ previewing: value as LaunchVariant })}
        />
        <Checkbox
          label="Reuse what is up to date"
          checked={reuse}
          onChange={(event) => setReuse(event.currentTarget.checked)}
        />
      </Group>
      <div className={css.plan}>
        {preview ? (
          <>
            <PlanProblems problems={preview.problems} />
            <RunConfig steps={configurable} given={given} problems={preview.problems} onChange={setGiven} />
            <PlanRows preview={preview} />
          </>
        ) : (
          <LoadingState label="Working out the plan" />
        )}
      </div>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <span className={css.summary} role="status">
          {preview ? previewSummary(preview) : ''}
        </span>
        <Button
          data-autofocus
          leftSection={<IconPlayerPlayFilled size={12} />}
          disabled={!preview || toRun === 0 || preview.problems.length > 0 || isLaunching}
          onClick={launch}
        >
          Materialize {formatPlural(toRun, 'asset')}
        </Button>
      </Group>
    </>
  );
}

const parts = [
  ['run', 'Will run'],
  ['reuse', 'Will be reused'],
  ['skip', 'Will be skipped'],
] as const;

const problemText = (problem: PlanPreview['problems'][number]): string => {
  const { title, next } = messageOf(problem);
  return next === undefined ? title : `${title} ${next}`;
};

function PlanProblems({ problems }: Pick<PlanPreview, 'problems'>) {
  if (problems.length === 0) return null;
  return (
    <ul className={css.problems} aria-label="Problems">
      {[...new Set(problems.map(problemText))].map((text) => (
        <li key={text}>
          <IconAlertTriangle size={16} stroke={1.5} aria-hidden />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}

function PlanRows({ preview }: { readonly preview: PlanPreview }) {
  if (preview.rows.length === 0)
    return <div className={css.none}>Nothing of this kind: there is nothing to materialize.</div>;
  return (
    <>
      {parts.map(([does, title]) => {
        const rows = preview.rows.filter((row) => row.does === does);
        if (rows.length === 0) return null;
        return (
          <section key={does} aria-label={title}>
            <h3 className={css.title}>
              {title} ({rows.length.toLocaleString('en-US')})
            </h3>
            <ul className={css.rows}>
              {rows.slice(0, mostListed).map((row) => (
                <Row key={row.assetId} row={row} />
              ))}
            </ul>
            {rows.length > mostListed ? (
              <div className={css.none}>And {formatPlural(rows.length - mostListed, 'more', 'more')}.</div>
            ) : null}
          </section>
        );
      })}
    </>
  );
}

function Row({ row }: { readonly row: PreviewRow }) {
  return (
    <li className={css.row} data-does={row.does}>
      <span className={`hw-mono ${css.key}`} title={row.key}>
        {row.key}
      </span>
      <span className={css.why}>{reasonText(row.why)}</span>
      <span className={css.time}>
        {row.lastMs === undefined || row.does !== 'run' ? '' : formatDuration(row.lastMs)}
      </span>
    </li>
  );
}

function useTarget(variant: LaunchVariant): LaunchTarget {
  const graph = useDocument((state) => state.graph);
  const states = useRuns((state) => state.states);
  const selected = useSession((state) => state.selectedAssets);
  switch (variant) {
    case 'all':
      return 'all';
    case 'selected':
      return [...selected];
    case 'stale':
      return staleTargets(graph, states);
    case 'up-to':
      return withReach(graph, selected, 'upstream');
    case 'from':
      return withReach(graph, selected, 'downstream');
  }
}

/** The plan as the engine sees it; worked out anew when the graph, a state or the target changes. */
function usePreview(target: LaunchTarget, reuse: boolean, given: GivenConfig): PlanPreview | undefined {
  const { workspace, documents } = useServices();
  const states = useRuns((state) => state.states);
  const graph = useDocument((state) => state.graph);
  const [preview, setPreview] = useState<PlanPreview>();
  const wanted = target === 'all' ? 'all' : target.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the plan follows the graph and what has been made
  useEffect(() => {
    let isWanted = true;
    void documents.settled().then(async () => {
      const { projectId, seq } = documents.store.getState();
      if (projectId === undefined || !isWanted) return;
      const made = await workspace.previewPlan(projectId, {
        target: target === 'all' ? { type: 'all' } : { type: 'assets', ids: target },
        seq,
        trigger: 'manual',
        reuse,
        ...(Object.keys(given).length > 0 ? { config: { assets: given } } : {}),
      });
      if (isWanted) setPreview(made);
    });
    return () => {
      isWanted = false;
    };
  }, [workspace, documents, wanted, reuse, given, states, graph]);
  return preview;
}
