// What lines of the scratchpad gave: a table, a tree, nothing, or what went wrong.

import type { ScratchOutcome, ScratchPrinted, ScratchResult } from '#engine/scratch-port.ts';
import type { ValuePreview } from '#engine/value-preview.ts';
import { cellText } from '#ui/inspector/cell-text.ts';
import { TreeView } from '#ui/inspector/tree-view.tsx';
import { formatCount, formatDuration, formatPlural } from '#ui/kit/format.ts';
import { messageOf } from '#ui/kit/messages.ts';
import css from './scratchpad.module.css';

export function ScratchOutcomeView({ result }: { readonly result: ScratchResult }) {
  const { outcome, printed, durationMs } = result;
  return (
    <>
      <PrintedLines printed={printed} />
      <Outcome outcome={outcome} />
      <span className={css.time}>{formatDuration(durationMs)}</span>
    </>
  );
}

/** What lines have printed, also while they run. */
export function PrintedLines({ printed: { lines, leftOut } }: { readonly printed: ScratchPrinted }) {
  if (lines.length === 0) return null;
  return (
    <>
      {leftOut === 0 ? null : <p className={css.quiet}>{formatPlural(leftOut, 'earlier line')} not shown</p>}
      <ul className={css.lines} aria-label="Printed">
        {numbered(lines).map(({ place, level, message }) => (
          <li key={leftOut + place} data-level={level}>
            {message}
          </li>
        ))}
      </ul>
    </>
  );
}

const numbered = <T,>(list: readonly T[]): readonly (T & { readonly place: number })[] =>
  list.map((item, place) => ({ ...item, place }));

function Outcome({ outcome }: { readonly outcome: ScratchOutcome }) {
  switch (outcome.type) {
    case 'value':
      return <Value preview={outcome.preview} />;
    case 'nothing':
      return <p className={css.quiet}>undefined</p>;
    case 'stopped':
      return <p className={css.quiet}>Stopped.</p>;
    case 'failed': {
      const { name, message, position } = outcome.error;
      return (
        <p className={css.bad} role="alert">
          {name}: {message}
          {position ? <span className={css.quiet}> (line {position.line})</span> : null}
        </p>
      );
    }
    case 'refused':
      return (
        <p className={css.bad} role="alert">
          {refusalText(outcome.error)}
        </p>
      );
  }
}

function refusalText(error: Extract<ScratchOutcome, { readonly type: 'refused' }>['error']): string {
  if (error.type === 'NoSuchAsset') {
    const { key, didYouMean } = error;
    const meant = didYouMean.map((other) => `“${other}”`).join(' or ');
    return `There is no asset “${key}”.${meant === '' ? '' : ` Did you mean ${meant}?`}`;
  }
  const problem = error.type === 'DefinitionsInvalid' ? (error.problems[0] ?? error) : error;
  if (problem.type === 'NoValueUpstream')
    return `“${problem.upstream}” has no value yet. Materialize it first.`;
  const { title, next } = messageOf(problem);
  return next === undefined ? title : `${title} ${next}`;
}

const rowsShown = 20;

function Value({ preview }: { readonly preview: ValuePreview }) {
  if (preview.type === 'lost') return <p className={css.quiet}>The value could not be read.</p>;
  if (preview.type === 'tree') return <TreeView root={preview.root} />;
  const { columns, first, rowCount } = preview;
  return (
    <>
      <div className={css.tableBox}>
        <table className={css.table}>
          <thead>
            <tr>
              {numbered(columns).map(({ place, name }) => (
                <th key={place} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {numbered(first.rows.slice(0, rowsShown).map((cells) => ({ cells }))).map(({ place, cells }) => (
              <tr key={place}>
                {numbered(cells.map((value) => cellText(value))).map((cell) => (
                  <td key={cell.place} data-tone={cell.tone}>
                    {cell.text}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={css.quiet}>
        {rowCount > rowsShown
          ? `The first ${rowsShown} of ${formatCount(rowCount)} rows`
          : formatPlural(rowCount, 'row')}
      </p>
    </>
  );
}
