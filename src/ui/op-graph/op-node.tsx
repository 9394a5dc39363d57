// One op on the canvas: its name, how it stands in the latest run, and what it gives where that is several things.

import { IconArrowsSplit2, IconBraces, IconRepeat } from '@tabler/icons-react';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { type KeyboardEvent, memo, useEffect, useRef, useState } from 'react';
import { graphUnit } from '#model/commands/op-commands.ts';
import { definitionNameProblem } from '#model/commands/unit-commands.ts';
import type { OpNode } from '#model/document.ts';
import { opOuts } from '#model/op-graph.ts';
import nodeCss from '#ui/canvas/asset-node.module.css';
import nameCss from '#ui/canvas/node-name.module.css';
import { formatPlural } from '#ui/kit/format.ts';
import { useDocument } from '#ui/kit/services.tsx';
import { StatusIcon } from '#ui/kit/status-icon.tsx';
import { heightOfOp, type OpFlowNode, opHeight, opOfPlace, outRowMiddle } from './op-elements.ts';
import { useOpGraph, useOpView } from './op-graph-context.ts';
import css from './op-node.module.css';
import { opStateText } from './op-state-text.ts';

export const OpNodeCard = memo(function OpNodeCard({ id, selected }: NodeProps<OpFlowNode>) {
  const { unitId, view, states } = useOpGraph();
  const name = opOfPlace(id) ?? '';
  const op = useDocument((state) =>
    graphUnit(state.document, unitId)?.ops.find((each) => each.name === name),
  );
  const isUsed = useDocument((state) => isRead(graphUnit(state.document, unitId), name));
  const renaming = useOpView((state) => state.renaming === name);
  if (!op) return null;
  const state = states.byOp.get(name);
  const { text, tone } = opStateText(state);
  const outs = opOuts(op);
  return (
    <div
      className={nodeCss.card}
      style={{ ['--group' as string]: 'var(--hw-border-strong)', height: heightOfOp(op) }}
      data-testid="op-node"
      data-op={name}
      data-status={state?.status.toLowerCase()}
      data-selected={selected || undefined}
      data-detail="full"
    >
      <div className={nodeCss.strip} />
      <div className={nodeCss.first}>
        <IconBraces
          size={16}
          stroke={1.5}
          color="var(--hw-text-3)"
          aria-label="Op"
          style={{ flex: 'none' }}
        />
        {renaming ? (
          <OpNameInput name={name} />
        ) : (
          // biome-ignore lint/a11y/noStaticElementInteractions: F2 on the node does the same
          <span
            className={nameCss.name}
            title={name}
            onDoubleClick={(event) => {
              event.stopPropagation();
              view.setState({ renaming: name });
            }}
          >
            <span className={nameCss.head}>{name}</span>
          </span>
        )}
        <StatusIcon status={state?.status ?? 'never'} />
      </div>
      <div className={nodeCss.second} data-tone={isUsed || state ? tone : 'amber'}>
        <span className={nodeCss.words} title={isUsed ? text : unusedWords}>
          {isUsed || state ? text : 'Nothing reads it'}
        </span>
        <Marks op={op} />
      </div>
      {outs.length > 1 ? (
        <ul className={css.outs}>
          {outs.map((out) => (
            <li key={out.name} className={css.out}>
              {out.isDynamic ? <IconArrowsSplit2 size={12} stroke={1.75} aria-label="Many values" /> : null}
              {out.name}
            </li>
          ))}
        </ul>
      ) : null}
      <Handle
        type="target"
        position={Position.Left}
        className={nodeCss.port ?? ''}
        style={{ top: opHeight / 2 }}
        title="Takes a value"
      />
      {outs.map((out, i) => (
        <Handle
          key={out.name}
          id={out.name}
          type="source"
          position={Position.Right}
          className={nodeCss.port ?? ''}
          style={{ top: outs.length > 1 ? outRowMiddle(i) : opHeight / 2 }}
          title={outs.length > 1 ? `${out.name}: drag to another op` : 'Drag to another op'}
        />
      ))}
    </div>
  );
});

const unusedWords = 'No op and no asset reads what it gives, so it is not run';

function isRead(unit: ReturnType<typeof graphUnit>, name: string): boolean {
  if (!unit) return false;
  return (
    Object.values(unit.results).some(({ op }) => op === name) ||
    unit.ops.some((op) =>
      op.args.some((arg) =>
        'list' in arg ? arg.list.some((from) => from.op === name) : 'op' in arg && arg.op === name,
      ),
    )
  );
}

function Marks({ op }: { readonly op: OpNode }) {
  const retries = op.retryPolicy?.maxRetries ?? 0;
  const isDynamic = opOuts(op).length === 1 && opOuts(op)[0]?.isDynamic === true;
  return (
    <>
      {isDynamic ? (
        <span className={css.mark} title="Gives many values: what reads it runs once per value">
          <IconArrowsSplit2 size={12} stroke={1.75} aria-label="Gives many values" />
        </span>
      ) : null}
      {retries > 0 ? (
        <span className={css.mark} title={`Tried again up to ${formatPlural(retries, 'time')}`}>
          <IconRepeat size={12} stroke={1.75} aria-label="Retries" />
          {retries}
        </span>
      ) : null}
    </>
  );
}

function OpNameInput({ name }: { readonly name: string }) {
  const { unitId, view, actions } = useOpGraph();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(name);
  const isTaken = useDocument(
    (state) =>
      text !== name && graphUnit(state.document, unitId)?.ops.some((op) => op.name === text) === true,
  );
  const problem = definitionNameProblem(text) ?? (isTaken ? 'Another op has this name.' : undefined);
  useEffect(() => {
    input.current?.focus({ preventScroll: true });
    input.current?.select();
  }, []);
  const hasEnded = useRef(false);
  const end = () => {
    hasEnded.current = true;
    view.setState({ renaming: undefined });
    input.current?.closest<HTMLElement>('.react-flow__node')?.focus({ preventScroll: true });
  };
  const commit = () => {
    // The field loses the focus when it is left by Enter, too.
    if (hasEnded.current) return;
    end();
    if (problem === undefined && text !== name) actions.rename(name, text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') end();
    else if (event.key === 'Enter' && problem === undefined) commit();
  };
  return (
    <span className={nameCss.field}>
      <input
        ref={input}
        className={`nodrag nopan ${nameCss.input}`}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={commit}
        onDoubleClick={(event) => event.stopPropagation()}
        aria-label="Op name"
        aria-invalid={problem !== undefined}
        spellCheck={false}
        autoComplete="off"
      />
      {problem === undefined ? null : (
        <span className={nameCss.problem} role="alert">
          {problem}
        </span>
      )}
    </span>
  );
}
