import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { stripTypes } from '#app/node/strip-types.ts';
import type { CheckState } from '#model/checks/check-state.ts';
import { type CheckTemplate, readTemplate, templateBody } from '#model/checks/check-template.ts';
import type { Check, ProjectDocument } from '#model/document.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { asCheckId } from '#model/ids.ts';
import { createNodeRunner, type NodeRunner } from '#workers/bodies/node-runner.ts';
import { bundleNodeLane } from '../../vite-runner-plugin.ts';
import { openBrowser, type TestTab } from './session-harness.ts';

let runner: NodeRunner;
beforeAll(async () => {
  runner = createNodeRunner({ workerText: await bundleNodeLane(), laneCount: 2, maxHeapMb: 64 });
}, 60_000);
afterAll(() => runner.dispose());

const withChecks = (document: ProjectDocument, ...checks: Check[]): ProjectDocument => ({
  ...document,
  checks: new Map(checks.map((check) => [check.id, check])),
});

const checkOf = (name: string, body: string, fields: Partial<Check> = {}): Check => ({
  id: asCheckId(name),
  name,
  specs: [{ name, asset: 'rows' }],
  body,
  ...fields,
});

async function openLeading(document: ProjectDocument): Promise<TestTab> {
  const browser = await openBrowser(document, runner, stripTypes);
  onTestFinished(() => browser.close());
  const tab = await browser.tab();
  await vi.waitFor(() => expect(tab.leads()).toBe(true));
  return tab;
}

function checksOf(tab: TestTab): Map<string, CheckState> {
  const states = new Map(tab.session.opened.checks.map((state) => [state.name, state]));
  for (const event of tab.events)
    if (event.type === 'checks') for (const state of event.checks) states.set(state.name, state);
  return states;
}

async function ended(tab: TestTab, request: Parameters<TestTab['launch']>[0] = {}): Promise<void> {
  const runId = await tab.launch(request);
  await vi.waitFor(() => expect(tab.runs().get(runId)).toMatch(/SUCCESS|FAILURE/), { timeout: 10_000 });
}

const statuses = (tab: TestTab) =>
  Object.fromEntries([...checksOf(tab)].map(([name, { status }]) => [name, status]));

test('checks tell how they ended, and can be run alone', async () => {
  const check = (passed: string) =>
    `import { AssetCheckResult } from 'headwater';\nexport default ({ rows }) => new AssetCheckResult({ passed: ${passed}, metadata: { rows: rows.length } })`;
  const tab = await openLeading(
    withChecks(
      graph().asset('rows', '() => [1, 2]').document(),
      checkOf('good', check('true')),
      checkOf('bad', check('rows.length > 2')),
      checkOf('broken', 'export default ({ rows }) => { throw new Error("no") }'),
    ),
  );
  await ended(tab);
  await vi.waitFor(() =>
    expect(statuses(tab)).toEqual({ good: 'succeeded', bad: 'failed', broken: 'execution-failed' }),
  );
  const first = checksOf(tab).get('bad')!;
  expect(first.latest).toMatchObject({ passed: false, severity: 'ERROR', metadata: { rows: { value: 2 } } });

  await ended(tab, { target: { type: 'checks', ids: [asCheckId('good')] } });
  await vi.waitFor(() => expect(checksOf(tab).get('good')?.latest?.runId).not.toBe(first.runId));
  expect(checksOf(tab).get('bad')).toEqual(first);
  expect(tab.statuses()).toEqual({ rows: 'materialized' });
});

test('a check whose step was not reached is skipped, and stays known after opening again', async () => {
  const browser = await openBrowser(
    withChecks(
      graph()
        .asset('rows', 'async () => { await new Promise((done) => setTimeout(done, 400)); return [1]; }')
        .document(),
      checkOf('late', 'export default ({ rows }) => { throw new Error("no") }'),
    ),
    runner,
  );
  onTestFinished(() => browser.close());
  const tab = await browser.tab();
  await vi.waitFor(() => expect(tab.leads()).toBe(true));
  const runId = await tab.launch();
  await vi.waitFor(() => expect(statuses(tab)).toEqual({ late: 'in-progress' }));
  await tab.session.cancel(runId);
  await vi.waitFor(() => expect(statuses(tab)).toEqual({ late: 'skipped' }));
  const other = await browser.tab();
  expect(other.session.opened.checks).toEqual([...checksOf(tab).values()]);
});

test('what is wrong with a body, of an asset or of a check, is told with opening', async () => {
  const document = withChecks(
    graph().asset('rows', '({ a }) => {').document(),
    checkOf('odd', 'const a = 1;\nexport default ({ rows }) => true'),
  );
  const tab = await openLeading(document);
  expect(tab.session.opened.problems).toMatchObject([
    { assetId: idOf('rows') },
    { assetId: idOf('rows'), checkId: 'odd', line: 1 },
  ]);
});

describe('the body that a form makes', () => {
  const base = { severity: 'ERROR' } as const;
  const cases: [CheckTemplate, good: string, bad: string, failing: number][] = [
    [
      { ...base, type: 'not-null', columns: ['id', "it's"] },
      `[{ id: 0, "it's": '' }]`,
      `[{ id: 1, "it's": null }, { id: NaN, "it's": 1 }, { id: 2, "it's": 3 }, { id: 1 }]`,
      3,
    ],
    [
      { ...base, type: 'unique', columns: ['id'] },
      `[{ id: 1 }, { id: '1' }, { id: null }, { id: null }]`,
      `[{ id: 1 }, { id: 2 }, { id: 1 }]`,
      2,
    ],
    [
      { ...base, type: 'accepted-values', column: 'kind', values: ['a', 2, true] },
      `[{ kind: 'a' }, { kind: 2 }, { kind: true }, { kind: null }]`,
      `[{ kind: 'b' }, { kind: 'a' }, { kind: '2' }]`,
      2,
    ],
    [{ ...base, type: 'row-count', min: 1, max: 2 }, '[{}, {}]', '[{}, {}, {}]', 0],
    [
      { ...base, type: 'foreign-key', column: 'city', otherColumn: 'name' },
      `[{ city: 'Ulm' }, { city: null }]`,
      `[{ city: 'Ulm' }, { city: 'Atlantis', at: new Date(0), big: 12n }]`,
      1,
    ],
  ];

  test.each(cases)('$type tells good rows from bad ones', async (template, good, bad, failing) => {
    expect(readTemplate(JSON.parse(JSON.stringify(template)))).toEqual(template);
    const ins = template.type === 'foreign-key' ? { ins: { other: 'cities' } } : {};
    const assets = graph()
      .asset('rows', `() => (${good})`)
      .asset('bad_rows', `() => (${bad})`)
      .asset('cities', `() => [{ name: 'Ulm' }]`)
      .document();
    const tab = await openLeading(
      withChecks(
        assets,
        checkOf('good', templateBody(template), ins),
        checkOf('bad', templateBody({ ...template, severity: 'WARN' }), {
          ...ins,
          specs: [{ name: 'bad', asset: 'bad_rows' }],
        }),
      ),
    );
    await ended(tab);
    await vi.waitFor(() => expect(statuses(tab)).toEqual({ good: 'succeeded', bad: 'failed' }));
    const { latest } = checksOf(tab).get('bad')!;
    expect(latest?.severity).toBe('WARN');
    if (template.type === 'row-count') return;
    expect(latest?.metadata.failing?.value).toBe(failing);
    expect(latest?.metadata.failing_rows).toMatchObject({ type: 'table' });
  });

  test('at most 20 failing rows are kept', async () => {
    const tab = await openLeading(
      withChecks(
        graph().asset('rows', '() => Array.from({ length: 50 }, () => ({ id: null }))').document(),
        checkOf('many', templateBody({ ...base, type: 'not-null', columns: ['id'] })),
      ),
    );
    await ended(tab);
    await vi.waitFor(() => expect(statuses(tab)).toEqual({ many: 'failed' }));
    const { failing, failing_rows: shown } = checksOf(tab).get('many')!.latest!.metadata;
    expect(failing?.value).toBe(50);
    expect(shown?.value).toMatchObject({ records: { length: 20 } });
  });

  test('a value that is no list fails the check’s step, and says so', async () => {
    const tab = await openLeading(
      withChecks(
        graph().asset('rows', '() => 7').document(),
        checkOf('odd', templateBody({ ...base, type: 'row-count', min: 1 })),
      ),
    );
    await ended(tab);
    await vi.waitFor(() => expect(statuses(tab)).toEqual({ odd: 'execution-failed' }));
  });
});
