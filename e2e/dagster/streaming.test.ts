// What a body gives reaches Dagster while it runs: the event log has the first output before the second is made.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MultiUnit, OutputAsset, ProjectDocument } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { asUnitId } from '#model/ids.ts';
import { isRunning, type Passed, passedEvents, run, start } from './dagster-process.ts';
import { commandFile } from './write-export.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-streaming-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A body of two assets and a check, which tells its process id and makes the second asset when it is let. */
function unit(name: string, then: string): MultiUnit {
  return {
    kind: 'multi',
    id: asUnitId(name),
    name,
    position: { x: 0, y: 0 },
    checks: [{ name: 'is_small', asset: `${name}_first` }],
    // Ends a body that waits in vain.
    timeoutSeconds: 200,
    body: `import { AssetCheckResult, Output } from 'headwater';

export default async function* ({}, context) {
  const { existsSync, writeFileSync } = process.getBuiltinModule('node:fs');
  writeFileSync('${join(folder, name)}.pid', String(process.pid));
  yield new Output({ n: 1 }, { outputName: 'first' });
  yield new AssetCheckResult({ passed: true, checkName: 'is_small' });
  while (!existsSync('${join(folder, name)}.go')) await new Promise((resolve) => setTimeout(resolve, 20));
  ${then}
}
`,
  };
}

const units = [
  unit(
    'pair',
    `context.log.info('now the second');
  yield new Output({ n: 2 }, { outputName: 'second' });`,
  ),
  unit('broken', `throw new Error('there is no second');`),
  unit('waiting', ''),
];

function outputs({ id, name }: MultiUnit): readonly OutputAsset[] {
  return ['first', 'second'].map((output, i) => ({
    kind: 'output',
    id: idOf(`${name}_${output}`),
    key: `${name}_${output}`,
    position: { x: 0, y: i * 100 },
    unit: id,
    output,
  }));
}

function project(): ProjectDocument {
  return {
    ...graph().document(),
    assets: new Map(units.flatMap(outputs).map((asset) => [asset.id, asset])),
    units: new Map(units.map((item) => [item.id, item])),
  };
}

const place = join(folder, 'out');

beforeAll(async () => {
  const file = join(folder, 'streaming.headwater.json');
  writeFileSync(file, formatDocument(project()));
  const words = ['export', file, '--target', 'dagster', '--executor', 'in-process', '--out', place];
  expect(await run(process.execPath, [commandFile, ...words], { cwd: folder })).toMatchObject({ code: 0 });
}, 60_000);

/** Starts a run of one body with a fresh instance, and waits until what it gives first is in the log of events. */
async function begin(name: string) {
  const home = join(folder, `home-${name}`);
  mkdirSync(home);
  // Makes the databases of the instance, which two at once cannot.
  await passedEvents(home);
  const child = start(
    'dagster',
    ['asset', 'materialize', '--select', `${name}_first,${name}_second`, '-m', 'test_project.definitions'],
    { cwd: place, env: { DAGSTER_HOME: home, HEADWATER_STORAGE: join(folder, 'storage') } },
  );
  let said = '';
  child.stderr?.on('data', (data: Buffer) => {
    said += data.toString();
  });
  child.stdout?.resume();
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const seen = await passedEvents(home, {
    asset: `${name}_first`,
    check: 'is_small',
    process: child,
  });
  return { home, child, ended, seen, said: () => said };
}

const index = (events: readonly Passed[], kind: string, about: string): number =>
  events.findIndex((event) => event.kind === kind && event.about.includes(about));

test('a first output is in the log of events before the second is made, and stands when its body fails', async () => {
  const pair = await begin('pair');
  expect(index(pair.seen, 'ASSET_CHECK_EVALUATION', 'is_small'), pair.said()).not.toBe(-1);
  writeFileSync(join(folder, 'pair.go'), '');
  await pair.ended;
  const events = await passedEvents(pair.home);
  const order = [
    index(events, 'ASSET_MATERIALIZATION', 'pair_first'),
    index(events, 'LOGS', 'now the second'),
    index(events, 'ASSET_MATERIALIZATION', 'pair_second'),
    index(events, 'PIPELINE_SUCCESS', ''),
  ];
  expect(order).not.toContain(-1);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(index(events, 'ASSET_CHECK_EVALUATION', 'is_small')).toBeLessThan(order[1]!);
  expect(JSON.parse(readFileSync(join(folder, 'storage/pair_second.json'), 'utf8'))).toEqual({ n: 2 });

  const broken = await begin('broken');
  expect(index(broken.seen, 'ASSET_MATERIALIZATION', 'broken_first'), broken.said()).not.toBe(-1);
  writeFileSync(join(folder, 'broken.go'), '');
  await broken.ended;
  const [failure] = (await passedEvents(broken.home)).filter(({ kind }) => kind === 'STEP_FAILURE');
  expect(failure?.about).toMatch(/there is no second\n +at .*assets\/broken\.ts:\d+:\d+/);
}, 300_000);

test('a run that is interrupted between two outputs ends the process of its body', async () => {
  const { child, ended, home, seen, said } = await begin('waiting');
  expect(index(seen, 'ASSET_MATERIALIZATION', 'waiting_first'), said()).not.toBe(-1);
  const body = Number(readFileSync(join(folder, 'waiting.pid'), 'utf8'));
  expect(isRunning(body)).toBe(true);
  process.kill(child.pid!, 'SIGINT');
  await ended;
  expect(isRunning(body)).toBe(false);
  expect(index(await passedEvents(home), 'ASSET_MATERIALIZATION', 'waiting_second')).toBe(-1);
}, 300_000);
