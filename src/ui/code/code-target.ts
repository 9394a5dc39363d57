// What the Code page shows the code for: in its address, and remembered for the next visit.

import { type ExecutorName, executorNames } from '#interop/dagster/executors.ts';
import type { CodeTarget } from '#interop/project-code.ts';
import type { ProjectId } from '#model/ids.ts';
import type { Services } from '#ui/kit/services.tsx';

export interface CodeSearch {
  readonly target?: CodeTarget['type'];
  readonly executor?: ExecutorName;
  /** Without what Dagster cannot have. */
  readonly rest?: true;
}

/** The part of an address behind "?"; what is unknown there is left out. */
export function readCodeSearch({ target, executor, rest }: Readonly<Record<string, unknown>>): CodeSearch {
  if (target === 'typescript') return { target };
  if (target !== 'dagster') return {};
  const name = executorNames.find((each) => each === executor);
  return {
    target,
    ...(name === undefined ? {} : { executor: name }),
    ...(rest === true ? { rest } : {}),
  };
}

export const searchOf = (target: CodeTarget): CodeSearch =>
  target.type === 'typescript'
    ? { target: target.type }
    : { target: target.type, executor: target.executor, ...(target.isPartial ? { rest: true } : {}) };

/** For the address of a file: one that says nothing means TypeScript. */
export const fileSearchOf = (target: CodeTarget): CodeSearch =>
  target.type === 'typescript' ? {} : searchOf(target);

const nameOf = (projectId: ProjectId): string => `code-target-${projectId}`;

export function rememberTarget(
  { preferences }: Pick<Services, 'preferences'>,
  projectId: ProjectId,
  target: CodeTarget,
): void {
  preferences.write(nameOf(projectId), target.type === 'dagster' ? target.executor : target.type);
}

/** The address says it; one that names a file alone means TypeScript; one that names nothing, what was shown last. */
export function targetOf(
  { preferences }: Pick<Services, 'preferences'>,
  projectId: ProjectId | undefined,
  { target, executor, rest }: CodeSearch,
  hasPath: boolean,
): CodeTarget {
  const last = readTarget(projectId === undefined ? undefined : preferences.read(nameOf(projectId)));
  if (target === undefined) return hasPath ? { type: 'typescript' } : last;
  if (target === 'typescript') return { type: 'typescript' };
  return {
    type: 'dagster',
    executor: executor ?? (last.type === 'dagster' ? last.executor : 'multiprocess'),
    ...(rest ? { isPartial: rest } : {}),
  };
}

/** As one word. */
export const writeTarget = (target: CodeTarget): string =>
  target.type === 'typescript' ? target.type : `${target.executor}${target.isPartial ? '+rest' : ''}`;

/** TypeScript where the text says nothing else. */
export function readTarget(text = ''): CodeTarget {
  const [name, rest] = text.split('+');
  const executor = executorNames.find((each) => each === name);
  if (executor === undefined) return { type: 'typescript' };
  return { type: 'dagster', executor, ...(rest === 'rest' ? { isPartial: true } : {}) };
}
