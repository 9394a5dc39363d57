import { createHash } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { formatDocument } from '#model/format-document.ts';
import { graph } from '#model/graph-builder.ts';
import { writeCode } from '../project-code.ts';
import { readProject } from './read-project.ts';
import { exportedBytes, unzipProject, zipOf } from './zip-project.ts';

const deps = {
  sha256: async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex'),
  toBase64: (bytes: Uint8Array) => Buffer.from(bytes).toString('base64'),
};
const noIds = () => 'never';

it('a zip of a project opens as the same project, from a folder in the zip as well', async () => {
  const document = graph().asset('a').asset('b', '({ a }) => a + 1').external('c').document();
  const plan = writeCode(document, { type: 'typescript' });
  const files = exportedBytes(plan, new Map(), { 'headwater.mjs': strToU8('// kit') });
  const inFolder = new Map([...files].map(([path, bytes]) => [`my project/${path}`, bytes]));
  for (const zip of [zipOf(files), zipOf(inFolder)]) {
    const unzipped = await unzipProject(zip, deps);
    if (!unzipped.ok) throw new Error(unzipped.error.type);
    const read = readProject(unzipped.value, noIds);
    expect(read.problems).toEqual([]);
    expect(formatDocument(read.document)).toBe(
      formatDocument(document)
        .replaceAll('() => 1"', '() => 1",\n        ""')
        .replace('a + 1"', 'a + 1",\n        ""'),
    );
  }
});

it('what is no exported project is refused in a word', async () => {
  const typeOf = async (zip: Uint8Array) => {
    const unzipped = await unzipProject(zip, deps);
    return unzipped.ok ? 'read' : unzipped.error.type;
  };
  expect(await typeOf(strToU8('no zip at all'))).toBe('ZipUnreadable');
  expect(await typeOf(zipSync({ 'photo.png': strToU8('x') }))).toBe('ZipNoProject');
  expect(await typeOf(zipSync({ '../definitions.ts': strToU8('x') }))).toBe('ZipNoProject');
});

it('a zip that unpacks to many times its size is refused before it does', async () => {
  const bomb = zipSync({
    'definitions.ts': strToU8('x'),
    'data/zeros.bin': new Uint8Array(65 * 1024 * 1024),
  });
  expect(bomb.length).toBeLessThan(1024 * 1024);
  expect(await unzipProject(bomb, deps)).toEqual({ ok: false, error: { type: 'ZipTooLarge' } });
});
