import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProjectDocument } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import { randomProject } from './random-project.ts';
import { readProject } from './read-project.ts';
import { writeProject } from './write-project.ts';

const textsOf = (document: ProjectDocument): Record<string, string> =>
  Object.fromEntries(writeProject(document).files.map(({ path, text }) => [path, text]));

function readBack(document: ProjectDocument) {
  const { files, data } = writeProject(document);
  let ids = 0;
  return readProject(
    {
      texts: new Map(files.map(({ path, text }) => [path, text])),
      data: new Map(
        data.map(({ path, file: { sha256, bytes, data: inline } }) => [
          path,
          { sha256, bytes, ...(inline === undefined ? {} : { data: inline }) },
        ]),
      ),
    },
    () => {
      ids += 1;
      return `new-${ids}`;
    },
  );
}

/** With what reading makes alike: a body ends with a line end. */
const textOf = (document: ProjectDocument): string => formatDocument(document);

describe('a project that is exported, read and exported again', () => {
  it('has the same files, byte for byte', () => {
    fc.assert(
      fc.property(randomProject, (document) => {
        const { document: read, problems } = readBack(document);
        expect(problems).toEqual([]);
        expect(textsOf(read)).toEqual(textsOf(document));
      }),
      { numRuns: 150 },
    );
  });

  it('keeps ids, places and everything that code does not say', () => {
    fc.assert(
      fc.property(randomProject, (document) => {
        const once = readBack(document).document;
        expect(textOf(readBack(once).document)).toBe(textOf(once));
        expect([...once.assets.keys()].sort()).toEqual([...document.assets.keys()].sort());
      }),
      { numRuns: 50 },
    );
  });
});
