// What floats over the canvas of ops: the way back, adding ops and inputs, running, looking around.

import { ActionIcon, Button, Combobox, Tooltip, useCombobox } from '@mantine/core';
import {
  IconAlertTriangle,
  IconFocusCentered,
  IconLayoutDistributeHorizontal,
  IconLayoutSidebarRightExpand,
  IconLogin2,
  IconLogout,
  IconMinus,
  IconPlayerPlayFilled,
  IconPlus,
} from '@tabler/icons-react';
import { Panel, useReactFlow } from '@xyflow/react';
import { useState } from 'react';
import { connectionProblem } from '#model/commands/connect-assets.ts';
import type { Asset, GraphUnit } from '#model/document.ts';
import { opOrder } from '#model/op-graph.ts';
import { fitOptions } from '#ui/canvas/fit-options.ts';
import { rowsOf } from '#ui/canvas/node-places.ts';
import toolCss from '#ui/canvas/toolbar.module.css';
import { formatPlural } from '#ui/kit/format.ts';
import { keysText } from '#ui/kit/key-hint.tsx';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { opPlace } from './op-elements.ts';
import { useOpGraph } from './op-graph-context.ts';
import css from './op-page.module.css';
import { select } from './op-view.ts';

export function OpTools({ unit, onLeave }: { readonly unit: GraphUnit; onLeave(): void }) {
  const { actions } = useOpGraph();
  return (
    <Panel position="top-left" className={toolCss.bar ?? ''}>
      <nav className={css.crumbs} aria-label="Where this is">
        <Tooltip label="Back to the graph of assets (Esc)">
          <button type="button" className={css.crumb} onClick={onLeave}>
            Graph
          </button>
        </Tooltip>
        <span aria-hidden>/</span>
        <span className={css.here} aria-current="page" title={unit.name}>
          {unit.name}
        </span>
      </nav>
      <Tooltip label="Add op (A, or double-click the canvas)">
        <Button
          className={toolCss.wordy ?? ''}
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => actions.add()}
        >
          Add op
        </Button>
      </Tooltip>
      <AddInput unit={unit} />
      <Tooltip label="One more asset that the graph makes">
        <Button
          className={toolCss.wordy ?? ''}
          variant="default"
          leftSection={<IconLogout size={14} />}
          onClick={() => actions.addOutput()}
        >
          Add asset
        </Button>
      </Tooltip>
      <Tooltip label="Lay out the ops from left to right (L)">
        <ActionIcon size="md" variant="default" aria-label="Lay out" onClick={() => void actions.layOut()}>
          <IconLayoutDistributeHorizontal size={16} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
    </Panel>
  );
}

const shownOptions = 50;

function AddInput({ unit }: { readonly unit: GraphUnit }) {
  const { actions } = useOpGraph();
  const graph = useDocument((state) => state.graph);
  const first = useDocument((state) => rowsOf(state.document, unit.id)[0]);
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownClose: () => setSearch(''),
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const options: Asset[] = [];
  if (combobox.dropdownOpened && first)
    for (const candidate of graph.document.assets.values()) {
      if (options.length === shownOptions) break;
      if (!candidate.key.toLowerCase().includes(search.toLowerCase())) continue;
      if (!connectionProblem(graph, { from: candidate.id, to: first.id }, 'value')) options.push(candidate);
    }
  const submit = (id: string) => {
    combobox.closeDropdown();
    const from = options.find((option) => option.id === id);
    if (from) actions.addInput(from.id);
  };
  return (
    <Combobox store={combobox} onOptionSubmit={submit} width={260} position="bottom-start">
      <Combobox.Target targetType="button" withAriaAttributes>
        <Tooltip label="An asset whose value the ops can take">
          <Button
            className={toolCss.wordy ?? ''}
            variant="default"
            leftSection={<IconLogin2 size={14} />}
            onClick={() => combobox.toggleDropdown()}
          >
            Add input
          </Button>
        </Tooltip>
      </Combobox.Target>
      <Combobox.Dropdown className="nokey">
        <Combobox.Search
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder="Find an asset"
          aria-label="Find an asset"
        />
        <Combobox.Options mah={220} style={{ overflow: 'auto' }}>
          {options.map(({ id, key }) => (
            <Combobox.Option key={id} value={id} className="hw-mono" fz={12}>
              {key}
            </Combobox.Option>
          ))}
          {options.length === 0 ? <Combobox.Empty>No other asset can be read here</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

interface RunButtonsProps {
  readonly unit: GraphUnit;
  onMaterialize(): void;
  readonly isClosed: boolean;
}

export function OpRunButtons({ unit, onMaterialize, isClosed }: RunButtonsProps) {
  const { session } = useServices();
  const { states } = useOpGraph();
  const done = [...states.byOp.values()].filter(({ status }) => status === 'SUCCESS').length;
  const isRunning = states.run?.status === 'STARTED';
  return (
    <Panel position="top-right" className={`${toolCss.bar} ${toolCss.runs}`}>
      {isRunning ? (
        <div className={toolCss.progress} role="status">
          {done} of {formatPlural(unit.ops.length, 'op')}
        </div>
      ) : null}
      <Tooltip label={`Run the ops and store what they make (${keysText('Mod+Enter')})`}>
        <Button
          leftSection={<IconPlayerPlayFilled size={12} />}
          disabled={unit.ops.length === 0}
          onClick={onMaterialize}
        >
          Materialize
        </Button>
      </Tooltip>
      {isClosed ? (
        <Tooltip label="Open the inspector" position="bottom-end">
          <ActionIcon
            size="md"
            variant="default"
            aria-label="Open the inspector"
            onClick={() => session.setState({ inspectorOpen: true })}
          >
            <IconLayoutSidebarRightExpand size={16} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      ) : null}
    </Panel>
  );
}

/** Why the graph cannot run as it is wired. */
export function WiringProblem({ unit }: { readonly unit: GraphUnit }) {
  const { view } = useOpGraph();
  const order = opOrder(unit);
  if (order.ok) return null;
  const { op, message } = order.error;
  return (
    <Panel position="bottom-center">
      <div className={css.problem} role="alert">
        <IconAlertTriangle size={16} stroke={1.5} aria-hidden />
        {op === undefined ? null : (
          <button type="button" onClick={() => select(view, [opPlace(op)])}>
            {op}
          </button>
        )}
        <span>{op === undefined ? `In this graph ${message}.` : `${message}.`}</span>
      </div>
    </Panel>
  );
}

export function OpControls() {
  const flow = useReactFlow();
  const glide = { duration: 140 };
  const controls = [
    { label: 'Zoom in', keys: '+', Icon: IconPlus, run: () => flow.zoomIn(glide) },
    { label: 'Zoom out', keys: '-', Icon: IconMinus, run: () => flow.zoomOut(glide) },
    {
      label: 'Zoom to fit',
      keys: 'F',
      Icon: IconFocusCentered,
      run: () => flow.fitView({ ...fitOptions, ...glide }),
    },
  ];
  return (
    <Panel position="bottom-left" className={toolCss.controls ?? ''}>
      {controls.map(({ label, keys, Icon, run }) => (
        <Tooltip key={label} label={`${label} (${keys})`} position="top">
          <ActionIcon size="md" aria-label={label} onClick={() => void run()}>
            <Icon size={16} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      ))}
    </Panel>
  );
}
