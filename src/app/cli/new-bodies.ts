// Bodies run here with the user's own rights. The first time that one with a new content runs, that is said; what
// was said once is remembered in the storage.

import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '#engine/plan-types.ts';

const fileName = 'bodies-seen.txt';
const namedAtMost = 5;

/** The sentence to say, if any, and remembers that it was said. `storage` is the folder of the storage. */
export function noticeNewBodies(plan: Plan, storage: string): string | undefined {
  const path = join(storage, fileName);
  const seen = new Set(existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []);
  const fresh = new Map<string, string>();
  for (const step of plan.steps)
    if (step.kind === 'code' && !seen.has(step.compiled.codeHash))
      fresh.set(step.compiled.codeHash, step.label);
  if (fresh.size === 0) return undefined;
  appendFileSync(path, [...fresh.keys()].map((hash) => `${hash}\n`).join(''));
  const keys = [...fresh.values()];
  const named = keys.slice(0, namedAtMost).join(', ');
  const others = keys.length > namedAtMost ? ` and ${keys.length - namedAtMost} more` : '';
  const bodies = keys.length === 1 ? 'A body runs' : `${keys.length} bodies run`;
  return `${bodies} here for the first time, with your own rights: ${named}${others}.`;
}
