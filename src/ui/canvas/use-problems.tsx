// All problems of the project, worked out once per change for the nodes' badges, the dock and the editor.

import { createContext, type ReactNode, useContext, useDeferredValue, useEffect, useMemo } from 'react';
import type { TypeProblem } from '#engine/types-port.ts';
import type { AssetGraph } from '#model/graph.ts';
import { type AssetId, asAssetId, type CheckId, type UnitId } from '#model/ids.ts';
import { validateDocument } from '#model/validate.ts';
import { messageOf } from '#ui/kit/messages.ts';
import { useDocument, useRuns, useTypes } from '#ui/kit/services.tsx';
import { typeProblemText } from '#ui/kit/type-problem-text.ts';
import { useCanvasStore } from './canvas-store.ts';

export interface Problem {
  /** None when it is about a resource. */
  readonly assetId?: AssetId;
  /** Of the asset or the resource. */
  readonly key: string;
  /** When it is about a check of the asset. */
  readonly check?: { readonly id: CheckId; readonly name: string };
  /** When it is in the body of an op of the graph that makes the asset. */
  readonly op?: { readonly unitId: UnitId; readonly name: string };
  readonly message: string;
  readonly next?: string;
  /** 1-based place in the body, when it is about one. */
  readonly place?: { readonly line: number; readonly column: number };
  /** Set when it is about types: it does not keep the asset from being materialized. */
  readonly types?: TypeProblem;
}

const ProblemsContext = createContext<readonly Problem[]>([]);

export const useProblems = (): readonly Problem[] => useContext(ProblemsContext);

export function ProblemsProvider({ children }: { readonly children: ReactNode }) {
  const canvas = useCanvasStore();
  const graph = useDeferredValue(useDocument((state) => state.graph));
  const bodyProblems = useRuns((state) => state.problems);
  const resourceProblems = useRuns((state) => state.resourceProblems);
  const typeProblems = useDeferredValue(useTypes((state) => state.problems));
  const problems = useMemo(() => {
    const found: Problem[] = validateDocument(graph.document, graph).map((problem) => {
      const { title, next } = messageOf(problem);
      return {
        assetId: problem.assetId,
        key: graph.document.assets.get(problem.assetId)?.key ?? '',
        ...checkOf(graph, 'checkId' in problem ? problem.checkId : undefined),
        message: title,
        ...(next === undefined ? {} : { next }),
        ...(problem.type === 'HeadUnreadable'
          ? { place: { line: problem.line, column: problem.column } }
          : {}),
      };
    });
    const places = new Set(found.map(placeOf));
    for (const { assetId, checkId, op, message, line, column } of bodyProblems) {
      const asset = graph.document.assets.get(assetId);
      if (!asset) continue;
      const problem: Problem = {
        assetId,
        key: asset.key,
        ...checkOf(graph, checkId),
        ...opOf(graph, assetId, op),
        message,
        place: { line, column },
      };
      // The parser of heads and the stripper of types often trip over the same token.
      if (!places.has(placeOf(problem))) found.push(problem);
    }
    for (const problem of found) places.add(placeOf(problem));
    for (const list of typeProblems.values()) {
      for (const types of list) {
        const { assetId } = types;
        const asset = graph.document.assets.get(assetId);
        if (!asset) continue;
        const maker = types.input && graph.document.assets.get(asAssetId(types.input.from))?.key;
        const { title, next } = typeProblemText(types, maker);
        const problem: Problem = {
          assetId,
          key: asset.key,
          ...checkOf(graph, types.checkId),
          ...opOf(graph, assetId, types.op),
          message: title,
          ...(next === undefined ? {} : { next }),
          place: { line: types.line, column: types.column },
          types,
        };
        if (!places.has(placeOf(problem))) found.push(problem);
      }
    }
    for (const { resource, message, line, column } of resourceProblems)
      found.push({ key: resource, message, place: { line, column } });
    return found;
  }, [graph, bodyProblems, resourceProblems, typeProblems]);

  useEffect(() => {
    const problemCounts = new Map<AssetId, number>();
    for (const { assetId } of problems)
      if (assetId !== undefined) problemCounts.set(assetId, (problemCounts.get(assetId) ?? 0) + 1);
    canvas.setState({ problemCounts });
  }, [canvas, problems]);
  return <ProblemsContext value={problems}>{children}</ProblemsContext>;
}

function checkOf(graph: AssetGraph, id: CheckId | undefined): Pick<Problem, 'check'> {
  const check = id === undefined ? undefined : graph.document.checks.get(id);
  return check ? { check: { id: check.id, name: check.specs[0]?.name ?? check.name } } : {};
}

function opOf(graph: AssetGraph, assetId: AssetId, name: string | undefined): Pick<Problem, 'op'> {
  const asset = graph.document.assets.get(assetId);
  return asset?.kind === 'output' && name !== undefined ? { op: { unitId: asset.unit, name } } : {};
}

/** Names a problem among all. */
export const placeOf = ({ assetId, key, check, op, place, message }: Problem): string =>
  `${check?.id ?? assetId ?? key} ${op?.name ?? ''} ${place ? `${place.line}:${place.column}` : message}`;
