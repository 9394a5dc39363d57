// Resources and IO managers of saved projects, on the command line.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Asset, Resource } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import { asAssetId } from '#model/ids.ts';
import { parseDocument } from '#model/parse-document.ts';
import { commandIn, projectsIn } from './command-process.ts';

let folder: string;
const { run } = commandIn(() => folder);
const writeProject = projectsIn(() => folder);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-resources-'));
  await run('help');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const counter: Resource = {
  key: 'counter',
  kind: 'resource',
  body: `import { ConfigurableResource } from 'headwater';
import { z } from 'zod';

export default class Counter extends ConfigurableResource(
  z.object({ first: z.number().int().default(1), token: z.string() }),
) {
  #count: number = this.first;
  next(): string {
    return this.token.length + ':' + this.#count++;
  }
}
`,
  config: { first: 4, token: { env: 'HEADWATER_TEST_TOKEN' } },
};

test('bodies of a saved project get its resources, with environment values that no log shows', async () => {
  const file = writeProject(
    'counted',
    {
      first: 'export default (_, context: Context) => context.resources.counter.next()',
      second: `export default (_, { resources: { counter }, log }) => {
  log.info('with ' + counter.token);
  throw new Error('refused: ' + counter.token);
}`,
    },
    [counter],
  );
  const missing = await run('materialize', file, '--select', 'first');
  expect(missing.code).toBe(1);
  expect(missing.err).toContain('The environment variable “HEADWATER_TEST_TOKEN” is not set.');
  process.env.HEADWATER_TEST_TOKEN = 'hunter2-hunter2';
  try {
    const made = await run('materialize', file, '--select', 'first', '--json');
    expect(made).toMatchObject({ code: 0, err: '' });
    const failed = await run('materialize', file, '--select', 'second', '--json');
    expect(failed.out + failed.err).toContain('refused: ••••');
    expect(failed.out + failed.err).not.toContain('hunter2');
  } finally {
    Reflect.deleteProperty(process.env, 'HEADWATER_TEST_TOKEN');
  }
});

test('a resource that nobody has, or that does not compile, is found by validate', async () => {
  const file = writeProject(
    'misspelt',
    { first: 'export default (_, context) => context.resources.countr.next()' },
    [counter, { ...counter, key: 'broken', body: 'class Counter {}' }],
  );
  const { code, err } = await run('validate', file);
  expect(code).toBe(1);
  expect(err).toContain('“first” needs the resource “countr”, which is not defined. Did you mean “counter”?');
  expect(err).toContain('The resource “broken” does not compile');
});

test('a custom IO manager keeps the values of the assets that name it, and later runs load them', async () => {
  const files: Resource = {
    key: 'files',
    kind: 'ioManager',
    body: `import { ConfigurableIOManager, type InputContext, type OutputContext } from 'headwater';
import { z } from 'zod';

export default class Files extends ConfigurableIOManager(z.object({ folder: z.string() })) {
  async handleOutput(context: OutputContext, value: unknown) {
    const text = JSON.stringify(value);
    await context.store.put(this.folder + '/' + context.assetKey, new TextEncoder().encode(text));
    context.addOutputMetadata({ characters: text.length });
  }
  async loadInput({ assetKey, store }: InputContext) {
    const bytes = await store.get(this.folder + '/' + assetKey);
    if (!bytes) throw new Error('nothing under ' + this.folder + '/' + assetKey);
    return JSON.parse(new TextDecoder().decode(bytes));
  }
}
`,
    config: { folder: 'values' },
  };
  const file = writeProject('kept', {}, [files]);
  const document = parseDocument(readFileSync(join(folder, file), 'utf8'));
  if (!document.ok) throw new Error('not read');
  const asset = (key: string, body: string, ioManager?: string): [ReturnType<typeof asAssetId>, Asset] => [
    asAssetId(key),
    {
      id: asAssetId(key),
      kind: 'asset',
      key,
      position: { x: 0, y: 0 },
      body,
      ...(ioManager === undefined ? {} : { ioManager }),
    },
  ];
  writeFileSync(
    join(folder, file),
    formatDocument({
      ...document.value,
      assets: new Map([
        asset('first', 'export default () => [1, 2, 3]', 'files'),
        asset('second', 'export default ({ first }) => first.map((n) => n * 2)', 'files'),
        asset('third', 'export default ({ second }) => second.length + second[2]'),
      ]),
    }),
  );
  const none = await run('materialize', file, '--select', 'second');
  expect(none.err).toContain('nothing under values/first');
  expect(await run('materialize', file, '--select', 'first,second')).toMatchObject({ code: 0 });
  const third = await run('materialize', file, '--select', 'third');
  expect(third).toMatchObject({ code: 0 });
  expect(third.out).toMatch(/^materialized {2}third {2}9 /);
});
