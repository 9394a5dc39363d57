// What is said of a run that has ended: the result to stdout, failures to stderr.

import type { RunRecord } from '#model/events.ts';
import type { PreparedRun } from './project.ts';
import { checkLine, outcomeJson, outcomeLine, type RunOutcome } from './run-outcome.ts';
import type { Terminal } from './terminal.ts';
import { failureDetails, failureLine } from './words.ts';

export function tellResult(
  run: RunRecord,
  { assets, checks, steps }: RunOutcome,
  json: boolean,
  terminal: Terminal,
): void {
  if (json) {
    const result = {
      runId: run.runId,
      status: run.status,
      assets: assets.map(outcomeJson),
      checks,
    };
    terminal.out(JSON.stringify(result, null, 2));
    return;
  }
  const keyWidth = Math.max(...assets.map(({ key }) => key.length));
  const lines = [...assets.map((outcome) => outcomeLine(outcome, keyWidth)), ...checks.map(checkLine)];
  terminal.out(lines.length > 0 ? lines.join('\n') : `${steps} steps`);
}

export function tellFailure(
  run: RunRecord,
  { assets, checks, failures }: RunOutcome,
  prepared: Pick<PreparedRun, 'stackOf'>,
  terminal: Terminal,
): void {
  const [first, ...more] = failures;
  const blocking = checks.filter(
    ({ passed, blocking, severity }) => !passed && blocking && severity === 'ERROR',
  );
  if (run.status === 'CANCELED')
    terminal.say(
      `The run was canceled: ${run.succeeded} of ${run.stepCount} assets are materialized and kept.`,
    );
  else if (first) {
    const others = more.length > 0 ? ` (and ${more.length} more failed)` : '';
    terminal.say(`Materialization failed: ${failureLine(first.label, first.error)}${others}`);
  } else if (blocking[0]) terminal.say(`Materialization failed: ${checkLine(blocking[0])}`);
  else terminal.say(`Materialization failed: the run ended as ${run.status}.`);
  for (const { label, stepKey, error } of failures) {
    if (label !== first?.label) terminal.say(`  ${failureLine(label, error)}`);
    for (const line of failureDetails(label, error)) terminal.say(line);
    for (const frame of prepared.stackOf(stepKey) ?? []) terminal.say(`    ${frame}`);
  }
  const skipped = assets.filter(({ status }) => status === 'skipped');
  if (skipped.length > 0)
    terminal.say(`  skipped because of that: ${skipped.map(({ key }) => key).join(', ')}`);
}
