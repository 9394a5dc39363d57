// Links to things of the open project, by what they are.

import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RunId } from '#model/ids.ts';
import { readOpStepKey } from '#model/op-graph.ts';
import css from './links.module.css';
import { useDocument } from './services.tsx';

/** To the page of an asset. Its key, in mono, unless there are children. */
export function AssetLink({
  assetKey,
  children,
}: {
  readonly assetKey: string;
  readonly children?: ReactNode;
}) {
  const projectId = useDocument((state) => state.projectId);
  if (projectId === undefined) return <span>{children ?? assetKey}</span>;
  return (
    <Link className={css.link} to="/p/$projectId/catalog/$" params={{ projectId, _splat: assetKey }}>
      {children ?? <span className="hw-mono">{assetKey}</span>}
    </Link>
  );
}

/** To what a step makes: the page of its asset, or its op in the canvas of its graph. */
export function StepLink({ stepKey, assetKey }: { readonly stepKey: string; readonly assetKey: string }) {
  const projectId = useDocument((state) => state.projectId);
  const step = readOpStepKey(stepKey);
  const unitId = useDocument(({ document }) => {
    for (const unit of step ? document.units.values() : [])
      if (unit.kind === 'graph' && unit.name === step?.graph) return unit.id;
    return undefined;
  });
  if (!step) return <AssetLink assetKey={assetKey} />;
  if (projectId === undefined || unitId === undefined) return <span className="hw-mono">{stepKey}</span>;
  return (
    <Link
      className={css.link}
      to="/p/$projectId/graph/$unitId"
      params={{ projectId, unitId }}
      search={{ op: step.op }}
    >
      <span className="hw-mono">{stepKey}</span>
    </Link>
  );
}

export function RunLink({ runId, children }: { readonly runId: RunId; readonly children?: ReactNode }) {
  const projectId = useDocument((state) => state.projectId);
  const text = children ?? <span className="hw-mono">{shortId(runId)}</span>;
  if (projectId === undefined) return <span>{text}</span>;
  return (
    <Link className={css.link} to="/p/$projectId/runs/$runId" params={{ projectId, runId }}>
      {text}
    </Link>
  );
}

/** The first eight characters of an id, enough to tell runs apart by eye. */
export const shortId = (id: string): string => id.slice(0, 8);
