import { expect, test } from 'vitest';
import { ok } from '#base/result.ts';
import { buildGraph } from '#model/graph.ts';
import { graph } from '#model/graph-builder.ts';
import { createCompiler } from './compiler.ts';
import { pickSegment } from './pick-segment.ts';
import { planRun } from './plan.ts';
import { createStepLedger } from './step-ledger.ts';

const document = graph()
  .asset('bad')
  .asset('good')
  .asset('child', '({ bad, good }) => [bad, good]')
  .document();
const planned = planRun({
  graph: buildGraph(document),
  selection: 'all',
  compiler: createCompiler({ strip: ok, sha256: (bytes) => String(bytes.length) }),
  latestOf: () => undefined,
});
if (!planned.ok) throw new Error(JSON.stringify(planned.error));
const plan = planned.value;
const numberOf = (key: string) => plan.steps.find((step) => step.label === key)!.number;

/** What a lane is given when one other lane has run `bad` to this end. */
function pickedAfter(outcome: 'succeeded' | 'failed', expectedMs: number | undefined): string[] {
  const ledger = createStepLedger(plan, () => true);
  const bad = numberOf('bad');
  expect(ledger.takeReady()).toBe(bad);
  ledger.assign(bad, 0);
  ledger.settle(bad, outcome);
  const picked = pickSegment({
    plan,
    ledger,
    lane: 1,
    hungryLanes: 1,
    expectedMs: () => expectedMs,
    isLocal: () => false,
  });
  return picked.map((step) => plan.steps[step]!.label);
}

test.each([
  ['of unknown length', undefined],
  ['known to be short', 1],
])('steps %s: a reader goes along with the last step it waits for', (_, expectedMs) => {
  expect(pickedAfter('succeeded', expectedMs)).toEqual(['good', 'child']);
});

test.each([
  ['of unknown length', undefined],
  ['known to be short', 1],
])('steps %s: a reader does not go along when another step that it needs has failed', (_, expectedMs) => {
  expect(pickedAfter('failed', expectedMs)).toEqual(['good']);
});
