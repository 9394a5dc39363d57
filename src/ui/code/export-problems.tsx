// What an export cannot say of the project, or says differently, with links to what it is about.

import { Button } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ExportProblem } from '#interop/dagster/find-problems.ts';
import type { ProjectDocument } from '#model/document.ts';
import { formatPlural } from '#ui/kit/format.ts';
import links from '#ui/kit/links.module.css';
import { AssetLink } from '#ui/kit/links.tsx';
import { useDocument } from '#ui/kit/services.tsx';
import css from './export-problems.module.css';

interface ExportNotesProps {
  readonly different: readonly ExportProblem[];
  readonly leftOut: readonly ExportProblem[];
}

/** A line that opens into the lists. */
export function ExportNotes({ different, leftOut }: ExportNotesProps) {
  if (different.length + leftOut.length === 0) return null;
  const parts = [
    ...(leftOut.length > 0 ? [`${formatPlural(leftOut.length, 'thing')} left out`] : []),
    ...(different.length > 0 ? [`${formatPlural(different.length, 'thing')} different in Dagster`] : []),
  ];
  return (
    <details className={css.notes} data-tone={leftOut.length > 0 ? 'warning' : undefined}>
      <summary>
        <IconInfoCircle size={16} stroke={1.5} aria-hidden />
        {parts.join(', ')}
      </summary>
      <div className={css.inner}>
        <ProblemList problems={leftOut} label="What is left out" />
        <ProblemList problems={different} label="What is different in Dagster" />
      </div>
    </details>
  );
}

interface ExportRefusedProps {
  readonly problems: readonly ExportProblem[];
  /** How many assets there are without what cannot be exported. */
  readonly rest: number;
  onRest(): void;
}

/** Stands in the place of the files while there can be none. */
export function ExportRefused({ problems, rest, onRest }: ExportRefusedProps) {
  const fatal = problems.filter(({ isFatal }) => isFatal);
  return (
    <section className={css.refused} aria-label="Why this is not exported">
      <h2 className={css.title}>
        <IconAlertTriangle size={20} stroke={1.5} aria-hidden />
        {formatPlural(fatal.length, 'thing')} cannot be said in Dagster
      </h2>
      <p className={css.text}>
        {rest === 0
          ? 'Everything hangs on what cannot be said. Mend it, and the files are here.'
          : 'Mend it, or leave out what cannot be said together with what hangs on it.'}
      </p>
      <ProblemList problems={fatal} label="What cannot be exported" />
      {rest === 0 ? null : (
        <Button variant="default" onClick={onRest}>
          Export the rest: {formatPlural(rest, 'asset')}
        </Button>
      )}
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
  if (problems.length === 0) return null;
  return (
    <ul className={css.list} aria-label={label}>
      {problems.map((problem) => (
        <li key={`${problem.subject} ${problem.message}`} className={css.problem}>
          <SubjectLink {...problem} />
          <span>{problem.message}</span>
        </li>
      ))}
    </ul>
  );
}

/** To the asset, or to what else the problem is about; its name alone when that is gone. */
function SubjectLink({ subject, place }: ExportProblem) {
  const projectId = useDocument((state) => state.projectId);
  const assetKey = useDocument(({ document }) => assetBehind(document, place));
  const name = <span className="hw-mono">{subject}</span>;
  if (place.kind === 'resource' && projectId !== undefined)
    return (
      <Link
        className={links.link}
        to="/p/$projectId/resources/$resourceKey"
        params={{ projectId, resourceKey: place.key }}
      >
        {name}
      </Link>
    );
  return assetKey === undefined ? name : <AssetLink assetKey={assetKey}>{name}</AssetLink>;
}

/** The key of the asset on whose page one sees the place. */
function assetBehind(document: ProjectDocument, place: ExportProblem['place']): string | undefined {
  switch (place.kind) {
    case 'asset':
      return document.assets.get(place.id)?.key;
    case 'check':
      return document.checks.get(place.id)?.specs[0]?.asset;
    case 'unit':
      return [...document.assets.values()].find((asset) => asset.kind === 'output' && asset.unit === place.id)
        ?.key;
    case 'resource':
      return undefined;
  }
}
