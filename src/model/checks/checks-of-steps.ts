// The checks behind steps of a run, by the keys that their steps have.

import { keyToStepKey } from '../asset-key.ts';
import type { Check, ProjectDocument } from '../document.ts';
import type { CheckId } from '../ids.ts';

/** The step of a check: of one of several results it is the check's own name. Dagster's names. */
export function checkStepKey({ name, specs }: Pick<Check, 'name' | 'specs'>): string {
  const [only, second] = specs;
  return only && !second ? `${keyToStepKey(only.asset ?? '')}_${only.name}` : name;
}

export const checksOfSteps = (document: ProjectDocument, stepKeys: ReadonlySet<string>): CheckId[] =>
  [...document.checks.values()].flatMap((check) => (stepKeys.has(checkStepKey(check)) ? [check.id] : []));
