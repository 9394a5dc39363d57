// A field that was renamed where it is made: the uses that it left behind are given its new name, in one step.

import { rewriteCommand } from '#engine/rewrite-command.ts';
import type { BodyRewrite, TypeProblem } from '#engine/types-port.ts';
import { formatPlural } from '#ui/kit/format.ts';
import { noticeDone, noticeError, noticeFault } from '#ui/kit/notices.ts';
import type { Services } from '#ui/kit/services.tsx';
import { flushDrafts } from './open-drafts.ts';

/** What the quick fix of a problem would do; undefined when it has none. */
export function renameOf({ input, missing }: TypeProblem): { from: string; to: string } | undefined {
  return input && missing?.renamedTo !== undefined
    ? { from: missing.field, to: missing.renamedTo }
    : undefined;
}

/** Carries out the quick fix. */
export async function renameEverywhere(services: Services, problem: TypeProblem): Promise<void> {
  const rename = renameOf(problem);
  const { input, missing } = problem;
  if (!rename || !input || !missing) return;
  flushDrafts(services.documents);
  try {
    const rewrites = await services.types.port.renameField({
      producer: input.from,
      path: missing.path,
      ...rename,
    });
    if (rewrites.length === 0) return noticeDone(`Nothing uses “${rename.from}” any more.`);
    if (rewriteBodies(services, `Rename ${rename.from} to ${rename.to}`, rewrites))
      noticeDone(
        `“${rename.from}” is “${rename.to}” in ${formatPlural(rewrites.length, 'body', 'bodies')} now.`,
      );
  } catch (thrown) {
    noticeFault('The field was not renamed', thrown);
  }
}

/** Rewrites bodies as one step of the history; false when that is refused. */
export function rewriteBodies(
  { documents }: Services,
  label: string,
  rewrites: readonly BodyRewrite[],
): boolean {
  const error = documents.run(rewriteCommand(documents.store.getState().document, label, rewrites));
  if (error) noticeError(error, 'Nothing was renamed');
  return !error;
}
