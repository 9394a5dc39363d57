// Every problem of the project; a click leads to the asset and the line. What a renamed field left behind can be
// mended from here.

import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { revealInBody, revealInCheck, selectAssets } from '#state/session-store.ts';
import { renameEverywhere, renameOf } from '#ui/inspector/rename-everywhere.ts';
import { formatPlural } from '#ui/kit/format.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import css from './dock.module.css';
import { useOpenGraph } from './use-open-graph.ts';
import { type Problem, placeOf, useProblems } from './use-problems.tsx';

const mostShown = 500;

export function ProblemsPanel() {
  const problems = useProblems();
  if (problems.length === 0)
    return <div className={css.quiet}>No problems. Every asset can be materialized.</div>;
  const hidden = problems.length - mostShown;
  return (
    <ul className={css.problems} aria-label="Problems">
      {problems.slice(0, mostShown).map((problem) => (
        <ProblemLine key={`${placeOf(problem)} ${problem.message}`} problem={problem} />
      ))}
      {hidden > 0 ? <li className={css.quiet}>And {formatPlural(hidden, 'more problem')}.</li> : null}
    </ul>
  );
}

function ProblemLine({ problem }: { readonly problem: Problem }) {
  const services = useServices();
  const { session } = services;
  const { assetId, key, check, op, message, next, place, types } = problem;
  const openGraph = useOpenGraph();
  const navigate = useNavigate();
  const projectId = useDocument((state) => state.projectId);
  const rename = types && renameOf(types);
  const open = () => {
    if (assetId === undefined) {
      if (projectId !== undefined)
        void navigate({
          to: '/p/$projectId/resources/$resourceKey',
          params: { projectId, resourceKey: key },
        });
    } else if (op) {
      openGraph(op.unitId, op.name);
      if (place) session.setState({ reveal: { assetId, op: op.name, ...place } });
    } else if (check) revealInCheck(session, { assetId, checkId: check.id, name: check.name }, place);
    else if (place) revealInBody(session, assetId, place.line, place.column);
    else selectAssets(session, [assetId], 'body');
  };
  return (
    <li className={css.problemLine}>
      <button type="button" className={css.problem} onClick={open}>
        <IconAlertTriangle size={16} stroke={1.5} aria-hidden />
        <span>
          {message} {next === undefined ? null : <span className={css.next}>{next}</span>}
        </span>
        <span className={`hw-mono ${css.place}`}>
          {assetId === undefined ? `Resource ${key}` : key}
          {check ? `: ${check.name}` : ''}
          {op ? `.${op.name}` : ''}
          {place ? `:${place.line}:${place.column}` : ''}
        </span>
      </button>
      {types && rename ? (
        <Button
          size="compact-xs"
          variant="default"
          className={css.fix ?? ''}
          onClick={() => void renameEverywhere(services, types)}
          title={`Write ${rename.to} wherever ${rename.from} was used`}
        >
          Rename everywhere
        </Button>
      ) : null}
    </li>
  );
}
