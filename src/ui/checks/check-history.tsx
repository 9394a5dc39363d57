// Every evaluation of a check, newest first, each with what it found.

import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { CheckRecord, CheckState } from '#model/checks/check-state.ts';
import type { Asset } from '#model/document.ts';
import { Disclosure } from '#ui/kit/disclosure.tsx';
import { RunLink } from '#ui/kit/links.tsx';
import { MetadataTable } from '#ui/kit/metadata-table.tsx';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useDocument, useRuns, useServices } from '#ui/kit/services.tsx';
import { CheckIcon } from './check-icon.tsx';
import { type CheckLook, checkWords } from './check-looks.ts';
import css from './checks.module.css';

const pageSize = 20;

interface CheckHistoryProps {
  readonly asset: Asset;
  readonly name: string;
  readonly state: CheckState | undefined;
}

interface Found {
  readonly items: readonly CheckRecord[];
  readonly hasMore: boolean;
}

export function CheckHistory({ asset, name, state }: CheckHistoryProps) {
  const { workspace } = useServices();
  const projectId = useDocument((document) => document.projectId);
  const [found, setFound] = useState<Found | { readonly fault: string }>();
  const newest = state?.latest?.pointer;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new evaluation reads again
  useEffect(() => {
    if (projectId === undefined) return;
    let wanted = true;
    workspace.checkHistory(projectId, asset.id, name, pageSize).then(
      (items) => wanted && setFound({ items, hasMore: items.length === pageSize }),
      (error: unknown) => wanted && setFound({ fault: String(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [workspace, projectId, asset.id, name, newest?.seq, newest?.index]);

  if (found === undefined) return <p className={css.quiet}>Reading the history…</p>;
  if ('fault' in found) return <p className={css.problem}>The history could not be read: {found.fault}</p>;
  const more = async () => {
    if (projectId === undefined) return;
    const next = await workspace.checkHistory(projectId, asset.id, name, pageSize, found.items.at(-1));
    setFound((now) =>
      now === found ? { items: [...found.items, ...next], hasMore: next.length === pageSize } : now,
    );
  };
  return (
    <>
      <Unfinished state={state} />
      {found.items.length === 0 ? (
        <p className={css.quiet}>
          It has not said anything yet. It runs after each materialization, or alone.
        </p>
      ) : (
        <ol className={css.history} aria-label={`Evaluations of ${name}`}>
          {found.items.map((item, i) => (
            <Evaluation
              key={`${item.pointer.seq} ${item.pointer.index}`}
              asset={asset}
              item={item}
              isFirst={i === 0}
            />
          ))}
        </ol>
      )}
      {found.hasMore ? (
        <Button variant="default" fullWidth onClick={() => void more()}>
          Show earlier
        </Button>
      ) : null}
    </>
  );
}

/** The newest run meant to evaluate it, and did not. */
function Unfinished({ state }: { readonly state: CheckState | undefined }) {
  if (state?.runId === undefined) return null;
  if (state.status !== 'execution-failed' && state.status !== 'skipped') return null;
  return (
    <p className={css.notice}>
      {state.status === 'skipped' ? 'Skipped in run ' : 'It could not say anything in run '}
      <RunLink runId={state.runId} />
      {state.status === 'skipped'
        ? ': its turn did not come.'
        : ', which failed. The log of the run says why.'}
    </p>
  );
}

const lookOf = ({ passed, severity }: CheckRecord): CheckLook =>
  passed ? 'passed' : severity === 'WARN' ? 'warning' : 'failed';

interface EvaluationProps {
  readonly asset: Asset;
  readonly item: CheckRecord;
  readonly isFirst: boolean;
}

function Evaluation({ asset, item, isFirst }: EvaluationProps) {
  const [isOpen, setIsOpen] = useState(isFirst);
  const latest = useRuns((runs) => runs.states.get(asset.id)?.latest);
  const look = lookOf(item);
  const isOfEarlier =
    isFirst &&
    latest !== undefined &&
    item.target !== undefined &&
    item.target.timestamp !== latest.timestamp;
  return (
    <li className={css.evaluation}>
      <Disclosure isOpen={isOpen} onToggle={() => setIsOpen(!isOpen)}>
        <CheckIcon look={look} size={14} />
        <span>{checkWords[look]}</span>
        <span className={css.when}>
          <RelativeTime at={item.timestamp * 1000} />
        </span>
      </Disclosure>
      {isOpen ? (
        <div className={css.found}>
          {isOfEarlier ? <p className={css.notice}>It looked at an earlier materialization.</p> : null}
          {item.description === undefined ? null : <p className={css.said}>{item.description}</p>}
          {Object.keys(item.metadata).length > 0 ? <MetadataTable entries={item.metadata} /> : null}
          <div className={css.run}>
            Run <RunLink runId={item.runId} />
          </div>
        </div>
      ) : null}
    </li>
  );
}
