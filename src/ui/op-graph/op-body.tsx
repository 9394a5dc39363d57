// What one op takes, where from, and its body.

import { ActionIcon, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { readBodyParameters } from '#model/body-head.ts';
import { argumentNames } from '#model/commands/op-edits.ts';
import type { GraphUnit, OpArgument, OpNode } from '#model/document.ts';
import { argumentResults, resultName } from '#model/op-graph.ts';
import { positionAt } from '#model/position-at.ts';
import { rowsOf } from '#ui/canvas/node-places.ts';
import type { BodyMarker } from '#ui/inspector/body-editor.tsx';
import { bodyOfOp } from '#ui/inspector/body-source.ts';
import css from '#ui/inspector/body-tab.module.css';
import { CodeField } from '#ui/inspector/code-field.tsx';
import { BodyErrorView } from '#ui/kit/body-error-view.tsx';
import { useDocument, useRuns } from '#ui/kit/services.tsx';
import { inputPlace, opPlace } from './op-elements.ts';
import { useOpGraph } from './op-graph-context.ts';
import { select } from './op-view.ts';
import { SourcePicker } from './source-picker.tsx';

export function OpBody({ unit, op }: { readonly unit: GraphUnit; readonly op: OpNode }) {
  const { states } = useOpGraph();
  const first = useDocument((state) => rowsOf(state.document, unit.id)[0]?.id);
  const markers = useOpMarkers(unit, op);
  const failed = states.byOp.get(op.name)?.steps.find(({ error }) => error !== undefined);
  if (first === undefined) return null;
  return (
    <div className={css.column}>
      <Arguments unit={unit} op={op} />
      {failed?.error ? (
        <section className={css.failure} aria-label="Latest failure">
          <BodyErrorView error={failed.error} />
        </section>
      ) : null}
      <CodeField source={bodyOfOp(unit, op, first)} markers={markers} />
    </div>
  );
}

function Arguments({ unit, op }: { readonly unit: GraphUnit; readonly op: OpNode }) {
  const { view, actions } = useOpGraph();
  const names = argumentNames(op);
  return (
    <section className={css.inputs} aria-label="Takes">
      <span className={css.inputsLabel}>Takes</span>
      {op.args.length === 0 ? <span className={css.inputsLabel}>nothing yet</span> : null}
      {op.args.map((arg, i) => {
        const from = sourceWords(arg);
        const name = names[i]!;
        return (
          <span key={`${name} ${from}`} className={css.input}>
            <button
              type="button"
              className={css.inputName}
              title={`${name} is the value of ${from}`}
              onClick={() => {
                const [result] = argumentResults(arg);
                select(view, ['input' in arg ? inputPlace(arg.input) : opPlace(result?.op ?? '')]);
              }}
            >
              {name === from ? from : `${name}: ${from}`}
            </button>
            <Tooltip label="Disconnect">
              <ActionIcon
                size={22}
                aria-label={`Disconnect ${from}`}
                onClick={() => {
                  const source = 'input' in arg ? arg : argumentResults(arg)[0];
                  if (source) actions.disconnect({ from: source, to: { op: op.name } });
                }}
              >
                <IconX size={12} stroke={1.75} />
              </ActionIcon>
            </Tooltip>
          </span>
        );
      })}
      <SourcePicker unit={unit} to={{ op: op.name }} label="Take a value" />
    </section>
  );
}

function sourceWords(arg: OpArgument): string {
  if ('input' in arg) return arg.input;
  const words = argumentResults(arg).map((from) =>
    resultName(from) === 'result' ? from.op : `${from.op}.${resultName(from)}`,
  );
  if ('list' in arg) return `[${words.join(', ')}]`;
  return arg.collect ? `all of ${words[0]}` : (words[0] ?? '');
}

/** Where the body of an op is wrong: what the compiler says, its head, and where the last run failed. */
function useOpMarkers(unit: GraphUnit, op: OpNode): readonly BodyMarker[] {
  const { states } = useOpGraph();
  const problems = useRuns((state) => state.problems);
  const failed = states.byOp.get(op.name)?.steps.find(({ error }) => error !== undefined)?.error;
  const outputs = useDocument((state) => state.graph.outputsByUnit.get(unit.id));
  const { name, body } = op;
  return useMemo(() => {
    const markers: BodyMarker[] = [];
    for (const problem of problems)
      if (problem.op === name && outputs?.includes(problem.assetId))
        markers.push({ ...problem, severity: 'error' });
    const head = readBodyParameters(body);
    if (!head.ok && markers.length === 0)
      markers.push({
        message: head.error.message,
        severity: 'error',
        ...positionAt(body, head.error.offset),
      });
    const { position } = failed ?? {};
    if (failed && position && position.module === undefined)
      markers.push({
        message: `The last run failed here. ${failed.name}: ${failed.message}`,
        line: position.line,
        column: position.column,
        severity: 'warning',
      });
    return markers;
  }, [problems, outputs, name, body, failed]);
}
