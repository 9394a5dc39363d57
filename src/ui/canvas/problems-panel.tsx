// Every problem of the project; a click leads to the asset and the line.

import { IconAlertTriangle } from '@tabler/icons-react';
import { revealInBody, selectAssets } from '#state/session-store.ts';
import { useServices } from '#ui/kit/services.tsx';
import css from './dock.module.css';
import { type Problem, useProblems } from './use-problems.tsx';

export function ProblemsPanel() {
  const { session } = useServices();
  const problems = useProblems();
  const open = ({ assetId, place }: Problem) => {
    if (place) revealInBody(session, assetId, place.line, place.column);
    else selectAssets(session, [assetId], 'body');
  };
  if (problems.length === 0)
    return <div className={css.quiet}>No problems. Every asset can be materialized.</div>;
  return (
    <ul className={css.problems}>
      {problems.map((problem) => (
        <li key={`${problem.assetId} ${problem.message} ${problem.place?.line ?? ''}`}>
          <button type="button" className={css.problem} onClick={() => open(problem)}>
            <IconAlertTriangle size={16} stroke={1.5} aria-hidden />
            <span>
              {problem.message}{' '}
              {problem.next === undefined ? null : <span className={css.next}>{problem.next}</span>}
            </span>
            <span className={`hw-mono ${css.place}`}>
              {problem.key}
              {problem.place ? `:${problem.place.line}:${problem.place.column}` : ''}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
