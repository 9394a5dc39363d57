// Where two outcomes of a run differ, in words.

import { isDeepStrictEqual } from 'node:util';
import type { Case } from './case-format.ts';
import { comparable, type Outcome } from './outcome.ts';

/**
 * A line for each difference between the vector and what ours did in the run at `at`; none when they agree.
 * @param contentVersions one set for all runs of a case
 */
export function differencesOf(
  item: Case,
  at: number,
  theirs: Outcome,
  ours: Outcome,
  contentVersions: Set<string>,
): readonly string[] {
  const instead = item.ours?.runs?.[at] as Outcome | undefined;
  const expected: Outcome = { ...theirs, ...instead };
  if (expected.refused) return refusalDifferences(item, theirs, ours);
  if (ours.refused) return [`ours refuses: ${ours.refused.error}: ${ours.refused.message}`];
  const [their, our] = comparable(expected, ours, contentVersions);
  const parts = Object.keys(expected).filter(
    (part) => !item.ours?.without?.includes(part),
  ) as (keyof Outcome)[];
  return parts.flatMap((part) =>
    part === 'refused' ? [] : partDifferences(part, plain(their[part]), plain(our[part])),
  );
}

function refusalDifferences(item: Case, theirs: Outcome, ours: Outcome): readonly string[] {
  if (!ours.refused) return [`Dagster refuses and ours does not: ${theirs.refused?.message}`];
  return (item.says ?? []).flatMap((words) =>
    [theirs, ours].flatMap(({ refused }) =>
      !refused || new RegExp(words).test(refused.message)
        ? []
        : [`“${words}” is not said in: ${refused.message}`],
    ),
  );
}

/** As JSON has it: an undefined value is a null one. */
const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Goes down to where the two differ. */
function partDifferences(place: string, theirs: unknown, ours: unknown): readonly string[] {
  if (isDeepStrictEqual(theirs, ours)) return [];
  if (isRecord(theirs) && isRecord(ours) && !isListOfText(theirs) && !isListOfText(ours))
    return [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].flatMap((name) =>
      partDifferences(`${place}.${name}`, theirs[name], ours[name]),
    );
  return [`${place}: theirs ${JSON.stringify(theirs)}, ours ${JSON.stringify(ours)}`];
}

const isListOfText = (value: unknown): boolean =>
  Array.isArray(value) && value.some((item) => typeof item === 'string');
