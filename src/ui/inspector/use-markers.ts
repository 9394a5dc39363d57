// Where a body is wrong: what the compiler says, its head, and the place where the last run failed.

import { useMemo } from 'react';
import { cachedBodyHead } from '#model/graph.ts';
import type { AssetId, CheckId } from '#model/ids.ts';
import { positionAt } from '#model/position-at.ts';
import { useRuns } from '#ui/kit/services.tsx';
import type { BodyMarker } from './body-editor.tsx';

/** Of a check's body: what the compiler says. */
export function useCheckMarkers(id: CheckId): readonly BodyMarker[] {
  const problems = useRuns((state) => state.problems);
  return useMemo(
    () =>
      problems
        .filter(({ checkId }) => checkId === id)
        .map(({ message, line, column }) => ({ message, line, column, severity: 'error' as const })),
    [problems, id],
  );
}

/** Of a resource's class: what the compiler says. */
export function useResourceMarkers(key: string): readonly BodyMarker[] {
  const problems = useRuns((state) => state.resourceProblems);
  return useMemo(
    () =>
      problems
        .filter(({ resource }) => resource === key)
        .map(({ message, line, column }) => ({ message, line, column, severity: 'error' as const })),
    [problems, key],
  );
}

/** `assetIds`: what the body makes. `name`: how positions of errors call it. */
export function useMarkers(assetIds: readonly AssetId[], name: string, body: string): readonly BodyMarker[] {
  const problems = useRuns((state) => state.problems);
  const states = useRuns((state) => state.states);
  const ids = assetIds.join(' ');
  const failure = assetIds.map((id) => states.get(id)?.failure).find((each) => each !== undefined);
  return useMemo(() => {
    const known = new Map<string, BodyMarker>();
    const add = (marker: BodyMarker) =>
      known.set(`${marker.line} ${marker.column} ${marker.message}`, marker);
    const isOwn = new Set(ids.split(' '));
    for (const { assetId, checkId, message, line, column } of problems)
      if (isOwn.has(assetId) && checkId === undefined) add({ message, line, column, severity: 'error' });
    const head = cachedBodyHead(body);
    if (!head.ok)
      add({ message: head.error.message, severity: 'error', ...positionAt(body, head.error.offset) });
    const { error } = failure ?? {};
    if (error?.position && (error.position.assetKey ?? name) === name && error.position.module === undefined)
      add({
        message: `The last run failed here. ${error.name}: ${error.message}`,
        line: error.position.line,
        column: error.position.column,
        severity: 'warning',
      });
    return [...known.values()];
  }, [problems, failure, ids, name, body]);
}
