// A project on an executor of several machines: Celery with Redis between, two workers, and the TypeScript of fifty
// assets run by both.

import { type ChildProcess, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { formatDocument } from '#model/format-document.ts';
import { type GraphBuilder, graph } from '#model/graph-builder.ts';
import { freePort, lastRun, run, saying, start, stop } from './dagster-process.ts';
import { commandFile } from './write-export.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-celery-'));
const started: ChildProcess[] = [];

afterAll(async () => {
  await Promise.all(started.map(stop));
  rmSync(folder, { recursive: true, force: true });
});

const broken = `({ step_3 }) => {
  const rows: string[] = step_3.names;
  throw new Error('there are no rows');
};
`;

/** Ten assets that start from nothing, and forty that each read two of the last ten; one more fails. */
function fiftyAssets(): GraphBuilder {
  let made = graph().asset('broken', broken);
  for (let i = 0; i < 50; i++) {
    const [left, right] = readsOf(i).map((n) => `step_${n}`);
    const sum = left && right ? `${left}.sum + ${right}.sum + ${i}n` : `${i}n`;
    made = made.asset(
      `step_${i}`,
      `(${left && right ? `{ ${left}, ${right} }` : ''}) => ({ names: ['a', 'b'], sum: ${sum} });\n`,
    );
  }
  return made;
}

const readsOf = (i: number): readonly number[] => {
  const before = i - (i % 10) - 10;
  return before < 0 ? [] : [i - 10, before + ((i * 7 + 1) % 10)];
};
const sumOf = (i: number): number => readsOf(i).reduce((sum, n) => sum + sumOf(n), i);

const hasBroker = spawnSync('redis-server', ['--version']).status === 0;

test.skipIf(!hasBroker)(
  'two Celery workers share the TypeScript of fifty assets, and a failing body names its line',
  async () => {
    const file = join(folder, 'fifty.headwater.json');
    writeFileSync(file, formatDocument(fiftyAssets().document()));
    const place = join(folder, 'out');
    const home = join(folder, 'home');
    mkdirSync(home);
    const words = ['export', file, '--target', 'dagster', '--executor', 'celery', '--out', place];
    expect(await run(process.execPath, [commandFile, ...words], { cwd: folder })).toMatchObject({ code: 0 });

    const port = String(await freePort());
    const broker = start('redis-server', ['--port', port, '--bind', '127.0.0.1', '--save', ''], {
      cwd: folder,
    });
    started.push(broker);
    await saying(broker, 'Ready to accept connections');
    const env = {
      DAGSTER_HOME: home,
      HEADWATER_STORAGE: join(folder, 'storage'),
      CELERY_BROKER_URL: `redis://127.0.0.1:${port}/0`,
    };
    // One after the other: the first makes the database of the instance.
    for (const name of ['one', 'two']) {
      const app = ['-A', 'dagster_celery.app', '-n', name, '--', '--concurrency', '1'];
      const worker = start('dagster-celery', ['worker', 'start', ...app], { cwd: place, env });
      started.push(worker);
      await saying(worker, ' ready.');
    }
    const materialize = ['asset', 'materialize', '--select', '*', '-m', 'test_project.definitions'];
    const [theirs, own] = await Promise.all([
      run('dagster', materialize, { cwd: place, env }).then(() => lastRun(home)),
      run(process.execPath, [commandFile, 'materialize', file, '--select', '*', '--json'], { cwd: folder }),
    ]);

    const versions = (items: readonly { readonly key: string; readonly dataVersion?: unknown }[]) =>
      Object.fromEntries(items.map(({ key, dataVersion }) => [key, dataVersion]));
    const { assets } = JSON.parse(own.out) as {
      readonly assets: readonly {
        readonly key: string;
        readonly status: string;
        readonly dataVersion: string;
      }[];
    };
    expect(theirs.materializations).toHaveLength(50);
    expect(versions(theirs.materializations)).toEqual(
      versions(assets.filter(({ status }) => status === 'materialized')),
    );
    for (let i = 0; i < 50; i++)
      expect(JSON.parse(readFileSync(join(folder, 'storage', `step_${i}.json`), 'utf8'))).toEqual({
        names: ['a', 'b'],
        sum: { $headwater: 'bigint', value: String(sumOf(i)) },
      });

    const hosts = Object.values(theirs.workers);
    expect(hosts).toHaveLength(51);
    for (const name of ['one', 'two'])
      expect(hosts.filter((host) => host.startsWith(`${name}@`)).length).toBeGreaterThan(5);

    expect(theirs.status).toBe('FAILURE');
    const [failure, ...others] = theirs.failures;
    expect(others).toEqual([]);
    const line = /there are no rows\n +at .*assets\/broken\.ts:(\d+):\d+/.exec(failure?.message ?? '')?.[1];
    const written = readFileSync(join(place, 'test_project/typescript/assets/broken.ts'), 'utf8');
    expect(written.split('\n')[Number(line) - 1]).toContain("throw new Error('there are no rows')");
  },
  300_000,
);
