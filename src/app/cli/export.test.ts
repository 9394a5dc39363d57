// A project as a folder of TypeScript: written, run by plain Node, and read back.

import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json, ProjectDocument, Resource } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import { graph } from '#model/graph-builder.ts';
import { commandIn } from './command-process.ts';

let folder: string;
const weather = 'seattle-weather.headwater.json';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-export-'));
  cpSync(fileURLToPath(new URL('../../../public/examples', import.meta.url)), folder, { recursive: true });
  expect(await run('export', weather, '--target', 'typescript', '--out', 'out')).toMatchObject({
    code: 0,
    err: '',
  });
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { run } = commandIn(() => folder);

const textsIn = (name: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(ts|json|md)$/.test(path) && !/^(vendor|\.headwater)/.test(path))
      .map((path) => [path, readFileSync(join(folder, name, path), 'utf8')]),
  );

test('an exported folder lists, validates, runs and tests itself with the command that lies in it', () => {
  const inside = (...words: string[]) =>
    execFileSync(process.execPath, words, { cwd: join(folder, 'out'), encoding: 'utf8', stdio: 'pipe' });
  const own = 'vendor/headwater/headwater.mjs';
  expect(inside(own, 'list').trimEnd().split('\n')).toHaveLength(13);
  expect(inside(own, 'validate')).toContain('13 assets, no problems');
  const { assets } = JSON.parse(inside(own, 'materialize', '--select', '*', '--json')) as {
    readonly assets: readonly { readonly status: string }[];
  };
  expect(assets.map(({ status }) => status)).toEqual(assets.map(() => 'materialized'));
  const register = './vendor/headwater/register-hooks.mjs';
  expect(inside('--import', register, '--test', 'tests/definitions.test.ts')).toMatch(/pass 1\n/);
});

test('with the network cut, an exported folder tests itself and materializes everything', () => {
  // Whatever asks for a socket or a name is refused, also in threads and in processes that are started.
  writeFileSync(
    join(folder, 'no-network.cjs'),
    `const refuse = () => { throw new Error('The network is cut.'); };
require('node:net').Socket.prototype.connect = refuse;
require('node:dgram').createSocket = refuse;
require('node:dns').lookup = refuse;
globalThis.fetch = refuse;
`,
  );
  const env = { ...process.env, NODE_OPTIONS: `--require ${join(folder, 'no-network.cjs')}` };
  const cut = (...words: string[]) =>
    spawnSync(words[0]!, words.slice(1), { cwd: join(folder, 'cut'), encoding: 'utf8', env });
  cpSync(join(folder, 'out'), join(folder, 'cut'), { recursive: true });
  rmSync(join(folder, 'cut/.headwater'), { recursive: true, force: true });
  expect(cut(process.execPath, '-e', "fetch('http://localhost')").stderr).toContain('The network is cut.');
  const tested = cut('npm', 'test');
  expect(tested.stdout).toMatch(/pass 1\n/);
  const ran = cut('npx', '--offline', 'headwater', 'materialize', '--select', '*');
  expect(ran).toMatchObject({ status: 0 });
  expect(ran.stdout.match(/^materialized /gm)).toHaveLength(13);
}, 120_000);

test('the types of every exported example pass a strict check', async () => {
  const root = join(folder, 'typed');
  const examples = readdirSync(folder).filter((name) => name.endsWith('.headwater.json'));
  for (const name of examples)
    expect(await run('export', name, '--target', 'typescript', '--out', join('typed', name))).toMatchObject({
      code: 0,
      err: '',
    });
  // All in one program, with the declarations of one of them.
  const { compilerOptions } = JSON.parse(readFileSync(join(root, examples[0]!, 'tsconfig.json'), 'utf8')) as {
    readonly compilerOptions: object;
  };
  const folders = ['*.ts', 'assets', 'checks', 'lib', 'ops', 'resources', 'types'];
  writeFileSync(
    join(root, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions,
      include: [...folders.map((each) => `*/${each}`), `${examples[0]!}/vendor/headwater/*.d.ts`],
    }),
  );
  expect(checkTypes('typed')).toMatchObject({ status: 0, stdout: '' });
}, 240_000);

const checkTypes = (name: string) =>
  spawnSync(
    process.execPath,
    [
      fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url)),
      '-p',
      join(folder, name),
      '--noEmit',
    ],
    { encoding: 'utf8' },
  );

test('the types of an exported folder pass a strict check, and say no to a field that is not there', () => {
  expect(checkTypes('out')).toMatchObject({ status: 0, stdout: '' });
  cpSync(join(folder, 'out'), join(folder, 'mistyped'), { recursive: true });
  const asset = join(folder, 'mistyped/assets/wet_spells.ts');
  writeFileSync(asset, readFileSync(asset, 'utf8').replace('day.precipitation > 0', 'day.rainfall > 0'));
  expect(checkTypes('mistyped').stdout).toMatch(
    /assets\/wet_spells\.ts\(\d+,\d+\): error TS2339: Property 'rainfall'/,
  );
}, 120_000);

test('a second export takes away what the first one wrote and is no longer made, and nothing else', async () => {
  const write = async (document: ProjectDocument) => {
    writeFileSync(join(folder, 'shrinking.headwater.json'), formatDocument(document));
    return run('export', 'shrinking.headwater.json', '--target', 'typescript', '--out', 'shrinking');
  };
  await write(graph().asset('raw/gone').asset('edited').asset('stays').document());
  const place = (path: string) => join(folder, 'shrinking', path);
  appendFileSync(place('assets/edited.ts'), '// By hand.\n');
  writeFileSync(place('assets/mine.md'), 'A note.\n');
  const { err } = await write(graph().asset('stays').document());
  expect(err).toContain('assets/edited.ts is no part of the project any more.');
  expect(readdirSync(place('assets')).sort()).toEqual(['edited.ts', 'mine.md', 'stays.ts']);
});

test('what was captured from a run is tested in an exported folder, and comes back when that is read', async () => {
  const testCases = [{ name: 'as made', inputs: { 'raw/orders': [1, 2] }, value: { total: 3 } }];
  const document = graph()
    .asset('raw/orders', '() => [4]')
    .asset('sales/total', '({ orders }) => ({ total: orders.reduce((a, b) => a + b) })', {
      ins: { orders: 'raw/orders' },
      testCases,
    })
    .document();
  writeFileSync(join(folder, 'tested.headwater.json'), formatDocument(document));
  await run('export', 'tested.headwater.json', '--target', 'typescript', '--out', 'tested');
  const place = (path: string) => join(folder, 'tested', path);
  const npmTest = () => spawnSync('npm', ['test'], { cwd: place('.'), encoding: 'utf8' });
  expect(npmTest().stdout).toMatch(/pass 2\n/);
  expect(await run('import', 'typescript', 'tested', '--out', 'tested-again.headwater.json')).toMatchObject({
    code: 0,
    err: '',
  });
  const again = JSON.parse(readFileSync(join(folder, 'tested-again.headwater.json'), 'utf8')) as {
    readonly assets: readonly object[];
  };
  expect(again.assets).toContainEqual(expect.objectContaining({ key: 'sales/total', testCases }));
  const asset = place('assets/sales/total.ts');
  writeFileSync(asset, readFileSync(asset, 'utf8').replace('a + b', 'a * b'));
  expect(npmTest().stdout).toMatch(/fail 1\n/);
});

test('resources, IO managers and config run in an exported folder as they do in the app', async () => {
  const record = (key: string, kind: Resource['kind'], config: Json, body: string): [string, Resource] => [
    key,
    { key, kind, config, body: `import { z } from 'zod';\n${body}` },
  ];
  const document: ProjectDocument = {
    ...graph()
      .asset('numbers', '() => [1, 2, 3]', { ioManager: 'store' })
      .asset('told', '', {
        body: 'export default ({ numbers }, { config, resources }) => resources.db.host + numbers.slice(config.from);\n',
        resources: ['db'],
        config: { from: 1 },
        configSchema: { type: 'object', properties: { from: { type: 'integer' } }, required: ['from'] },
      })
      .document(),
    resources: new Map([
      record(
        'db',
        'resource',
        { host: { env: 'DB_HOST' } },
        `import { ConfigurableResource } from 'headwater';

export default class Database extends ConfigurableResource(z.object({ host: z.string() })) {}
`,
      ),
      record(
        'store',
        'ioManager',
        { path: 'numbers.json' },
        `import { ConfigurableIOManager } from 'headwater';

export default class JsonStore extends ConfigurableIOManager(z.object({ path: z.string() })) {
  async handleOutput({ store }, value) {
    await store.put(this.path, new TextEncoder().encode(JSON.stringify(value)));
  }
  async loadInput({ store }) {
    return JSON.parse(new TextDecoder().decode(await store.get(this.path)));
  }
}
`,
      ),
    ]),
  };
  writeFileSync(join(folder, 'kept.headwater.json'), formatDocument(document));
  await run('export', 'kept.headwater.json', '--target', 'typescript', '--out', 'kept');
  const ran = execFileSync(
    process.execPath,
    ['vendor/headwater/headwater.mjs', 'materialize', '--select', '*'],
    {
      cwd: join(folder, 'kept'),
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, DB_HOST: 'host:' },
    },
  );
  expect(ran).toMatch(/materialized +told +host:2,3 /);
});

test('what was captured of an asset that uses a resource is tested with it, where its environment is', async () => {
  const document: ProjectDocument = {
    ...graph()
      .asset('greeting', '({ names }, { resources: { db } }) => names.map((name) => db.greet(name))', {
        testCases: [{ name: 'as made', inputs: { names: ['Ada'] }, value: ['Hello from north, Ada'] }],
      })
      .asset('names', '() => []')
      .document(),
    resources: new Map([
      [
        'db',
        {
          key: 'db',
          kind: 'resource',
          config: { host: { env: 'DB_HOST' }, word: 'Hello' },
          body: `import { z } from 'zod';
import { ConfigurableResource } from 'headwater';

export default class Database extends ConfigurableResource(z.object({ host: z.string(), word: z.string() })) {
  greet(name) {
    return \`\${this.word} from \${this.host}, \${name}\`;
  }
}
`,
        },
      ],
    ]),
  };
  writeFileSync(join(folder, 'asking.headwater.json'), formatDocument(document));
  await run('export', 'asking.headwater.json', '--target', 'typescript', '--out', 'asking');
  const npmTest = (env: NodeJS.ProcessEnv) =>
    spawnSync('npm', ['test'], {
      cwd: join(folder, 'asking'),
      encoding: 'utf8',
      env: { ...process.env, ...env },
    }).stdout;
  expect(npmTest({ DB_HOST: 'north' })).toMatch(/pass 2\n/);
  expect(npmTest({ DB_HOST: 'south' })).toMatch(/fail 1\n/);
  expect(npmTest({ DB_HOST: undefined })).toMatch(/skipped 1\n/);
  await run('import', 'typescript', 'asking', '--out', 'asking-again.headwater.json');
  await run('export', 'asking-again.headwater.json', '--target', 'typescript', '--out', 'asking-again');
  expect(textsIn('asking-again')).toEqual(textsIn('asking'));
});

test('what an export makes of a project equals the run of the project itself', async () => {
  const valuesOf = async (file: string) =>
    (
      JSON.parse(
        (await run('materialize', file, '--select', '*', '--json', '--storage', `of-${file}`)).out,
      ) as {
        readonly assets: readonly { readonly key: string; readonly dataVersion: string }[];
      }
    ).assets.map(({ key, dataVersion }) => [key, dataVersion]);
  expect(Object.fromEntries(await valuesOf('out'))).toEqual(Object.fromEntries(await valuesOf(weather)));
});

test('reading an export back gives the project, byte for byte, and its data files', async () => {
  expect(await run('import', 'typescript', 'out', '--out', 'back/weather.headwater.json')).toMatchObject({
    code: 0,
    err: '',
  });
  expect(readFileSync(join(folder, 'back/weather.headwater.json'), 'utf8')).toContain(
    '"seattle-weather.csv"',
  );
  await run('export', 'back/weather.headwater.json', '--target', 'typescript', '--out', 'again');
  expect(textsIn('again')).toEqual(textsIn('out'));
});

test('what cannot be read is reported with its file and line, and the rest is imported', async () => {
  cpSync(join(folder, 'out'), join(folder, 'edited'), { recursive: true });
  const station = join(folder, 'edited/assets/station.ts');
  const text = readFileSync(station, 'utf8');
  writeFileSync(
    station,
    text.replace('export const options = {', 'export const options = {\n  groupName: pick(),'),
  );
  const { code, err, out } = await run('import', 'typescript', 'edited', '--out', 'edited.headwater.json');
  expect(code).toBe(1);
  expect(err).toMatch(/assets\/station\.ts:\d+: There are two fields “groupName”\./);
  expect(out).toContain('12 assets');
});

test('an export does not write among other files', async () => {
  expect(await run('export', weather, '--target', 'typescript', '--out', '.')).toMatchObject({ code: 2 });
});

test('a Dagster project is refused with the reasons, and written without them on request', async () => {
  const document = graph()
    .asset('orders', '({ nowhere }) => nowhere')
    .asset('total', '({ orders }) => orders')
    .asset('weather')
    .document();
  writeFileSync(join(folder, 'half.headwater.json'), formatDocument(document));
  const words = ['export', 'half.headwater.json', '--target', 'dagster', '--out', 'half'];
  const refused = await run(...words);
  expect(refused).toMatchObject({
    code: 1,
    err: 'orders: Its input “nowhere” reads “nowhere”, which no asset has.\nNothing was written. With --partial the rest is.\n',
  });
  expect(existsSync(join(folder, 'half'))).toBe(false);
  const written = await run(...words, '--partial');
  expect(written.code).toBe(0);
  expect(written.err).toContain('  total: It reads “orders”, which is left out.\n');
  expect(readFileSync(join(folder, 'half/test_project/definitions.py'), 'utf8')).toContain(
    'assets=[default.weather]',
  );
});
