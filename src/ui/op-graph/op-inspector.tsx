// Beside the canvas of ops: one op in full, an input or output in a few words, or the graph.

import { Button, Tabs } from '@mantine/core';
import { IconBraces, IconLogin2, IconLogout, IconSitemap } from '@tabler/icons-react';
import { graphUnit } from '#model/commands/op-commands.ts';
import type { GraphUnit, OpNode } from '#model/document.ts';
import { rowsOf } from '#ui/canvas/node-places.ts';
import { CloseInspector } from '#ui/inspector/asset-header.tsx';
import css from '#ui/inspector/inspector.module.css';
import tabCss from '#ui/inspector/settings-tab.module.css';
import { UnitSettings } from '#ui/inspector/unit-settings.tsx';
import compact from '#ui/kit/compact-form.module.css';
import { ErrorBoundary } from '#ui/kit/error-boundary.tsx';
import { formatPlural } from '#ui/kit/format.ts';
import { RunLink } from '#ui/kit/links.tsx';
import { EmptyState } from '#ui/kit/panel-state.tsx';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useDocument } from '#ui/kit/services.tsx';
import { StatusBadge, StatusIcon } from '#ui/kit/status-icon.tsx';
import { EventList } from '#ui/runs/event-list.tsx';
import { useInputAsset } from './end-nodes.tsx';
import { OpBody } from './op-body.tsx';
import { inputOfPlace, opOfPlace, opPlace, outputOfPlace } from './op-elements.ts';
import { useOpGraph, useOpView } from './op-graph-context.ts';
import pageCss from './op-page.module.css';
import { OpSettings } from './op-settings.tsx';
import { opStateText } from './op-state-text.ts';
import { opOfStep } from './op-states.ts';
import { select } from './op-view.ts';
import { SourcePicker } from './source-picker.tsx';

interface OpInspectorProps {
  readonly unit: GraphUnit;
  onOpenEnd(id: string): void;
}

export function OpInspector({ unit, onOpenEnd }: OpInspectorProps) {
  const selected = useOpView((state) => state.selected);
  const only = selected.size === 1 ? [...selected][0]! : undefined;
  const op = only === undefined ? undefined : unit.ops.find(({ name }) => name === opOfPlace(only));
  if (op) return <OneOp unit={unit} op={op} />;
  const input = only === undefined ? undefined : inputOfPlace(only);
  if (only !== undefined && input !== undefined)
    return <InputFacts input={input} onOpen={() => onOpenEnd(only)} />;
  const output = only === undefined ? undefined : outputOfPlace(only);
  if (only !== undefined && output !== undefined)
    return <OutputFacts unit={unit} output={output} onOpen={() => onOpenEnd(only)} />;
  return <GraphFacts unit={unit} />;
}

function OneOp({ unit, op }: { readonly unit: GraphUnit; readonly op: OpNode }) {
  const { view, states } = useOpGraph();
  const tab = useOpView((state) => state.tab);
  const state = states.byOp.get(op.name);
  const { text } = opStateText(state);
  return (
    <>
      <header className={css.header}>
        <div className={css.headLine}>
          <IconBraces size={18} stroke={1.5} color="var(--hw-text-3)" aria-hidden />
          <h2 className={css.title} title={op.name}>
            {op.name}
          </h2>
          <CloseInspector />
        </div>
        <div className={css.subLine}>
          {state ? <StatusBadge status={state.status} /> : 'Not run yet'}
          {state?.status === 'SUCCESS' ? <span className={pageCss.opText}>{text}</span> : null}
          {state && state.status !== 'SUCCESS' && state.tries > 1 ? (
            <span className={pageCss.opText}>{`${state.tries} tries`}</span>
          ) : null}
          {state && states.run ? (
            <span className={pageCss.opText}>
              in run <RunLink runId={states.run.runId} />
            </span>
          ) : null}
        </div>
      </header>
      <Tabs
        className={css.tabs ?? ''}
        value={tab}
        onChange={(value) => {
          if (value === 'body' || value === 'settings' || value === 'log') view.setState({ tab: value });
        }}
        classNames={{ list: css.tabList ?? '', tab: css.tab ?? '', panel: css.panel ?? '' }}
      >
        <Tabs.List aria-label="Op">
          <Tabs.Tab value="body">Body</Tabs.Tab>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
          <Tabs.Tab value="log">Log</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <ErrorBoundary name="This panel" resetKey={`${op.name} ${tab}`}>
            {tab === 'body' ? <OpBody unit={unit} op={op} key={op.name} /> : null}
            {tab === 'settings' ? <OpSettings unit={unit} op={op} key={op.name} /> : null}
            {tab === 'log' ? <OpLog unit={unit} op={op} /> : null}
          </ErrorBoundary>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function OpLog({ unit, op }: { readonly unit: GraphUnit; readonly op: OpNode }) {
  const { states } = useOpGraph();
  const events = states.events.filter(({ stepKey }) => opOfStep(unit.name, stepKey) === op.name);
  if (events.length === 0)
    return (
      <EmptyState title="Nothing logged yet">
        Materialize the graph: what this op logs, and each of its tries, is listed here.
      </EmptyState>
    );
  return (
    <div className={pageCss.fill}>
      <EventList key={`${states.run?.runId} ${op.name}`} events={events} />
    </div>
  );
}

function InputFacts({ input, onOpen }: { readonly input: string; onOpen(): void }) {
  const { actions } = useOpGraph();
  const { asset, key } = useInputAsset(input);
  return (
    <>
      <header className={css.header}>
        <div className={css.headLine}>
          <IconLogin2 size={18} stroke={1.5} color="var(--hw-text-3)" aria-hidden />
          <h2 className={css.title} title={key}>
            {key}
          </h2>
          <CloseInspector />
        </div>
        <div className={css.subLine}>Input of the graph</div>
      </header>
      <div className={pageCss.facts}>
        <p className={pageCss.text}>
          {asset
            ? 'The value of this asset. Drag from it to every op that takes it.'
            : `No asset of the project is called ${key}. Remove the input, or make the asset.`}
        </p>
        <div>
          <Button.Group>
            <Button variant="default" disabled={!asset} onClick={onOpen}>
              Go to the asset
            </Button>
            <Button variant="default" onClick={() => actions.removeSelected()}>
              Remove the input
            </Button>
          </Button.Group>
        </div>
      </div>
    </>
  );
}

interface OutputFactsProps {
  readonly unit: GraphUnit;
  readonly output: string;
  onOpen(): void;
}

function OutputFacts({ unit, output, onOpen }: OutputFactsProps) {
  const { view } = useOpGraph();
  const asset = useDocument((state) => rowsOf(state.document, unit.id).find((row) => row.output === output));
  const from = unit.results[output];
  if (!asset) return null;
  return (
    <>
      <header className={css.header}>
        <div className={css.headLine}>
          <IconLogout size={18} stroke={1.5} color="var(--hw-text-3)" aria-hidden />
          <h2 className={css.title} title={asset.key}>
            {asset.key}
          </h2>
          <CloseInspector />
        </div>
        <div className={css.subLine}>An asset that the graph makes</div>
      </header>
      <div className={pageCss.facts}>
        <p className={pageCss.text}>
          {from
            ? `It is what the op ${from.op} gives. Drag from another op to change that.`
            : 'No op makes it yet: drag from the op whose value it is.'}{' '}
          <SourcePicker unit={unit} to={{ output }} label="Choose the op that makes it" />
        </p>
        <div>
          <Button.Group>
            {from ? (
              <Button variant="default" onClick={() => select(view, [opPlace(from.op)])}>
                Go to the op
              </Button>
            ) : null}
            <Button variant="default" onClick={onOpen}>
              Go to the asset
            </Button>
          </Button.Group>
        </div>
      </div>
    </>
  );
}

function GraphFacts({ unit }: { readonly unit: GraphUnit }) {
  const { view, states } = useOpGraph();
  const shown = useDocument((state) => graphUnit(state.document, unit.id)) ?? unit;
  return (
    <>
      <header className={css.header}>
        <div className={css.headLine}>
          <IconSitemap size={18} stroke={1.5} color="var(--hw-text-3)" aria-hidden />
          <h2 className={css.title} title={unit.name}>
            {unit.name}
          </h2>
          <CloseInspector />
        </div>
        <div className={css.subLine}>
          Graph asset · {formatPlural(unit.ops.length, 'op')}
          {states.run ? (
            <span>
              run <RunLink runId={states.run.runId} />, <RelativeTime at={states.run.createdAt} />
            </span>
          ) : null}
        </div>
      </header>
      <div className={pageCss.facts}>
        <ul className={pageCss.ops} aria-label="Ops">
          {shown.ops.map(({ name }) => {
            const state = states.byOp.get(name);
            const { text, tone } = opStateText(state);
            return (
              <li key={name}>
                <button type="button" onClick={() => select(view, [opPlace(name)])}>
                  <StatusIcon status={state?.status ?? 'never'} />
                  <span className={pageCss.opName}>{name}</span>
                  <span className={pageCss.opText} data-tone={tone}>
                    {tone === 'red' ? 'Failed' : text}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
        <div className={`${tabCss.settings} ${compact.form} ${pageCss.flush}`}>
          <UnitSettings unit={unit} />
        </div>
      </div>
    </>
  );
}
