// Whether every row of the file fits the schema, and which do not.

import { Button } from '@mantine/core';
import { badRowText } from '#interop/bad-rows.ts';
import { formatBytes, formatCount, formatPlural } from '#ui/kit/format.ts';
import css from './import-dialog.module.css';
import type { WholeCheck } from './use-file-look.ts';

export function CheckLine({ check, size }: { readonly check: WholeCheck; readonly size: number }) {
  const { state } = check;
  return (
    <div className={css.check} role="status">
      <CheckText state={state} size={size} onStart={check.start} />
    </div>
  );
}

interface CheckTextProps {
  readonly state: WholeCheck['state'];
  readonly size: number;
  onStart(): void;
}

function CheckText({ state, size, onStart }: CheckTextProps) {
  switch (state.type) {
    case 'idle':
      return (
        <>
          <span>Types are taken from the first rows.</span>
          <Button size="compact-xs" variant="default" onClick={onStart}>
            Check all {formatBytes(size)}
          </Button>
        </>
      );
    case 'checking':
      return (
        <span>
          Checking all rows: {Math.round((state.progress.done / Math.max(1, state.progress.total)) * 100)} %
        </span>
      );
    case 'failed':
      return <span className={css.problem}>{state.detail}</span>;
    case 'done': {
      const { rowCount, badRows } = state.check;
      if (badRows.count === 0) return <span>All {formatPlural(rowCount, 'row')} fit.</span>;
      return (
        <details>
          <summary>
            {formatPlural(badRows.count, 'row')} of {formatCount(rowCount + badRows.count)}{' '}
            {badRows.count === 1 ? 'does' : 'do'} not fit
          </summary>
          <ul className={css.badRows}>
            {badRows.first.slice(0, 20).map((row) => (
              <li key={row.row}>{badRowText(row)}</li>
            ))}
          </ul>
        </details>
      );
    }
  }
}
