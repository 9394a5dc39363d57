// What an export cannot say of the project, or says differently, with links to what it is about.

import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ExportProblem } from '#interop/dagster/find-problems.ts';
import { formatPlural } from '#ui/kit/format.ts';
import { AssetLink } from '#ui/kit/links.tsx';
import { useDocument } from '#ui/kit/services.tsx';
import css from './export-problems.module.css';

/** A line that opens into the list. */
export function ExportNotes({ problems }: { readonly problems: readonly ExportProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <details className={css.notes}>
      <summary>
        <IconInfoCircle size={16} stroke={1.5} aria-hidden />
        {formatPlural(problems.length, 'thing')} will be different in Dagster
      </summary>
      <div className={css.inner}>
        <ProblemList problems={problems} label="What is different in Dagster" />
      </div>
    </details>
  );
}

/** Stands in the place of the files while there can be none. */
export function ExportRefused({
  problems,
  action,
}: {
  readonly problems: readonly ExportProblem[];
  readonly action?: ReactNode;
}) {
  const fatal = problems.filter(({ isFatal }) => isFatal);
  return (
    <section className={css.refused} aria-label="Why this is not exported">
      <h2 className={css.title}>
        <IconAlertTriangle size={20} stroke={1.5} aria-hidden />
        {formatPlural(fatal.length, 'thing')} cannot be said in Dagster
      </h2>
      <p className={css.text}>
        Nothing is written as long as something would be missing without a word. Mend these, and the files are
        here again.
      </p>
      <ProblemList problems={fatal} label="What cannot be exported" />
      {action}
    </section>
  );
}

function ProblemList({
  problems,
  label,
}: {
  readonly problems: readonly ExportProblem[];
  readonly label: string;
}) {
  const keys = useDocument(({ document }) => document.assets);
  const known = new Set([...keys.values()].map(({ key }) => key));
  return (
    <ul className={css.list} aria-label={label}>
      {problems.map(({ subject, message }) => (
        <li key={`${subject} ${message}`} className={css.problem}>
          {known.has(subject) ? <AssetLink assetKey={subject} /> : <span className="hw-mono">{subject}</span>}
          <span>{message}</span>
        </li>
      ))}
    </ul>
  );
}
