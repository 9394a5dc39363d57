// The reasons why an asset is unsynced, under the headings that Dagster gives them (reference §3.3).

import type { StaleCause } from '#model/asset-state.ts';
import { formatCount } from '#ui/kit/format.ts';

export interface StaleGroup {
  readonly title: string;
  readonly causes: readonly StaleCause[];
}

const order = ['CODE', 'DATA', 'DEPENDENCIES'] as const;
const own = { CODE: 'Code version', DATA: 'Data version', DEPENDENCIES: 'Dependencies' } as const;
const upstream = {
  CODE: 'Upstream code version',
  DATA: 'Upstream data',
  DEPENDENCIES: 'Upstream dependencies',
} as const;

/** What is about the asset itself comes first. */
export function staleGroups(causes: readonly StaleCause[], ownKey: string): readonly StaleGroup[] {
  const groups = new Map<string, StaleCause[]>(
    [...order.map((category) => own[category]), ...order.map((category) => upstream[category])].map(
      (title) => [title, []],
    ),
  );
  for (const cause of causes.map(plainest)) {
    const titles = cause.key === ownKey ? own : upstream;
    groups.get(titles[cause.category])!.push(cause);
  }
  return [...groups]
    .filter(([, list]) => list.length > 0)
    .map(([title, list]) => ({
      title: list.length === 1 ? title : `${title} (${formatCount(list.length)})`,
      causes: list,
    }));
}

/** "orders has a new data version" says all that "a new dependency data version", because of that, does. */
export function plainest(cause: StaleCause): StaleCause {
  const [only, second] = cause.children ?? [];
  return only && !second && only.key === cause.dependency ? only : cause;
}
