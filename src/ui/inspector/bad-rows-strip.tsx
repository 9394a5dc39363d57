// Rows of a data file that were set aside when it was read: how many, which, why.

import { Button, Modal } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { readBadRows } from '#interop/bad-rows.ts';
import type { MetadataEntries } from '#model/events.ts';
import { formatCount, formatPlural } from '#ui/kit/format.ts';
import css from './data-tab.module.css';

export function BadRowsStrip({ metadata }: { readonly metadata: MetadataEntries }) {
  const [isOpen, setIsOpen] = useState(false);
  const report = readBadRows(metadata);
  if (!report) return null;
  const { count, first } = report;
  return (
    <div className={css.badRows} role="status">
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
      <span>
        {formatPlural(count, 'row')} of the file {count === 1 ? 'was' : 'were'} set aside
      </span>
      <Button size="compact-xs" variant="default" onClick={() => setIsOpen(true)}>
        Show bad rows
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title="Rows that do not fit the schema"
        size="min(860px, 92vw)"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {count > first.length ? (
          <p className={css.badNote}>
            These are the first {formatCount(first.length)} of {formatCount(count)}. All of them are counted
            and left out of the value; only these are kept to be shown.
          </p>
        ) : null}
        <table className={css.badTable}>
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">Why</th>
              <th scope="col">What it holds</th>
            </tr>
          </thead>
          <tbody>
            {first.map(({ row, reason, text }) => (
              <tr key={row}>
                <td>{formatCount(row)}</td>
                <td>{reason}</td>
                <td className="hw-mono">{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className={css.badNote}>
          The header is row 1. Change the types in the Settings tab, or mend the file and replace it.
        </p>
      </Modal>
    </div>
  );
}
