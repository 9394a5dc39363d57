import { expect, test } from 'vitest';
import { ok } from '#base/result.ts';
import { createCompiler } from '#engine/compiler.ts';
import type { ProjectDocument, Resource } from '#model/document.ts';
import { graph } from '#model/graph-builder.ts';
import { createResourceProblems } from './resource-problems.ts';

const compiler = () => createCompiler({ strip: ok, sha256: () => '' });
const withResource = (body: string): ProjectDocument => {
  const resource: Resource = { key: 'http', kind: 'resource', body };
  return { ...graph().asset('orders', '() => 1').document(), resources: new Map([['http', resource]]) };
};
const good = 'export default class Http {}';

test('a class that does not compile is a problem with its place, from the beginning', () => {
  const problems = createResourceProblems(withResource('export default class {\n  get(: }'), compiler());
  expect(problems.all()).toEqual([
    { resource: 'http', message: expect.any(String), line: 2, column: expect.any(Number) },
  ]);
});

test('mending the class takes the problem away, and is told', () => {
  const problems = createResourceProblems(withResource('class Http {}'), compiler());
  expect(problems.all()).toHaveLength(1);
  expect(problems.documentChanged(withResource(good))).toBe(true);
  expect(problems.all()).toEqual([]);
});

test('an edit elsewhere is not told', () => {
  const before = withResource('class Http {}');
  const problems = createResourceProblems(before, compiler());
  expect(problems.documentChanged({ ...before, assets: new Map() })).toBe(false);
  expect(problems.documentChanged({ ...withResource(good) })).toBe(true);
  expect(problems.documentChanged({ ...withResource(good) })).toBe(false);
});
