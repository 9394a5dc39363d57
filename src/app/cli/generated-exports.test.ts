// Generated projects of every kind of definition: exported, read back and exported again they are the same files, and
// plain Node loads what they define.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readProject } from '#interop/typescript/read-project.ts';
import { soundProject } from '#interop/typescript/sound-project.ts';
import { packageFiles } from '#interop/typescript/write-package.ts';
import { writeProject } from '#interop/typescript/write-project.ts';
import { writeTypes } from '#interop/typescript/write-types.ts';
import type { ProjectDocument } from '#model/document.ts';
import { validateDocument } from '#model/validate.ts';
import { buildCli } from '../../../.ci/build-cli.mjs';
import { writeFolder } from './write-folder.ts';

/** In CI more: it takes half a minute. */
const count = Number(process.env.HEADWATER_GENERATED ?? 100);
let folder: string;
let kit: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-generated-'));
  kit = dirname(await buildCli());
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }), 120_000);

const textsOf = (document: ProjectDocument): ReadonlyMap<string, string> =>
  new Map([...writeProject(document).files, ...writeTypes(document)].map(({ path, text }) => [path, text]));

function readBack(document: ProjectDocument, texts: ReadonlyMap<string, string>) {
  const data = new Map(writeProject(document).data.map(({ path, file }) => [path, file]));
  return readProject({ texts, data }, () => 'none is new');
}

// Loads each project in one process, and prints the keys of its assets.
const loader = `
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
const loaded = [];
for (const folder of JSON.parse(readFileSync(0, 'utf8'))) {
  try {
    process.chdir(folder);
    const { default: definitions } = await import(pathToFileURL(folder + '/definitions.ts'));
    definitions.validate();
    loaded.push(definitions.assets.flatMap((each) => (each.keys ?? [each.key]).map(String)).sort());
  } catch (error) {
    loaded.push(folder + ': ' + error.stack);
  }
}
console.log(JSON.stringify(loaded));
`;

test(`${count} generated projects are the same files after export, import and export, and load in Node`, () => {
  const documents = fc.sample(soundProject, { numRuns: count });
  const folders = documents.map((document, i) => {
    expect(validateDocument(document)).toEqual([]);
    const texts = textsOf(document);
    const { document: read, problems } = readBack(document, texts);
    expect(problems).toEqual([]);
    expect(textsOf(read)).toEqual(texts);
    const root = join(folder, String(i));
    const carried = packageFiles(document).map(({ path, text }) => [path, text] as const);
    const data = writeProject(document).data.map(
      ({ path, file }) => [path, Buffer.from(file.data ?? '', 'base64')] as const,
    );
    writeFolder(
      root,
      new Map([...[...texts, ...carried].map(([path, text]) => [path, Buffer.from(text)] as const), ...data]),
    );
    return root;
  });
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      pathToFileURL(join(kit, 'register-hooks.mjs')).href,
      '--input-type=module',
      '--eval',
      loader,
    ],
    { input: JSON.stringify(folders), encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual(
    documents.map(({ assets }) => [...assets.values()].map(({ key }) => key).sort()),
  );
}, 300_000);
