import { createHash } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { nodeClock } from '#app/node/node-clock.ts';
import { stripTypes } from '#app/node/strip-types.ts';
import { createCompiler } from '#engine/compiler.ts';
import { compileLaneResource } from '#engine/lane-resource.ts';
import { tryResource } from '#engine/try-resource.ts';
import { emptyDocument, type Resource } from '#model/document.ts';
import { createNodeRunner } from '#workers/bodies/node-runner.ts';
import { bundleLibrary, bundleNodeLane } from '../../vite-runner-plugin.ts';

const runner = createNodeRunner({ workerText: await bundleNodeLane(), libraryText: bundleLibrary });
afterAll(() => runner.dispose());

const compiler = createCompiler({
  strip: stripTypes,
  sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
});

async function trial(methods: string, more: Partial<Resource> = {}, env: Record<string, string> = {}) {
  const resource: Resource = {
    key: 'shop',
    kind: 'resource',
    body: `import { ConfigurableResource, type InitResourceContext } from 'headwater';
import { z } from 'zod';

export default class Shop extends ConfigurableResource(z.object({ token: z.string() })) {
${methods}
}`,
    config: { token: { env: 'TOKEN' } },
    ...more,
  };
  const document = { ...emptyDocument('p'), resources: new Map([[resource.key, resource]]) };
  const compiled = compileLaneResource('shop', document, compiler);
  if (!compiled?.ok) throw new Error(compiled?.error.message);
  return tryResource({ ...compiled.value, env }, Object.values(env), { runner, clock: nodeClock });
}

test('a resource that can be made, set up and torn down says what it said, but for its secrets', async () => {
  const { ok, logs, problem } = await trial(
    `  setupForExecution({ log }: InitResourceContext) { log.info('with', this.token); }
  teardownAfterExecution() { console.log('gone'); }`,
    {},
    { TOKEN: 'hunter2' },
  );
  expect({ ok, problem }).toEqual({ ok: true, problem: undefined });
  expect(logs.map(({ message }) => message)).toEqual(['with ••••', 'gone']);
});

test('a resource that cannot says why and where', async () => {
  expect(await trial('')).toMatchObject({
    ok: false,
    problem: expect.stringContaining('The environment variable “TOKEN” is not set.'),
  });
  expect(
    await trial(
      '  setupForExecution() { throw new RangeError("no " + this.token); }',
      {},
      { TOKEN: 'hunter2' },
    ),
  ).toMatchObject({
    ok: false,
    problem: 'RangeError: The resource “shop” could not be set up (line 5 of its class): no ••••',
  });
  expect(
    await trial('  teardownAfterExecution() { throw new Error("stuck"); }', {}, { TOKEN: 'hunter2' }),
  ).toMatchObject({
    ok: false,
    problem: 'The resource “shop” could not be torn down: Error: stuck',
  });
});
