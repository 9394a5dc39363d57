import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createCompiler } from '#engine/compiler.ts';
import { formatDocument } from '#model/format-document.ts';
import { bodyInputs, buildGraph } from '#model/graph.ts';
import { parseDocument } from '#model/parse-document.ts';
import { validateDocument } from '#model/validate.ts';
import { placedBoxes } from '#ui/canvas/node-places.ts';
import { makeExamples, makeSchema } from '../../../e2e/examples/make-examples.ts';
import { sha256 } from '../node/sha256.ts';
import { stripTypes } from '../node/strip-types.ts';

const folder = new URL('../../../public/examples/', import.meta.url);
const projects = readdirSync(folder).filter((name) => name.endsWith('.headwater.json'));

test('the published JSON Schema is the one that files are read by', () => {
  const published = readFileSync(new URL('../headwater.schema.json', folder), 'utf8');
  expect(published, 'run node .ci/make-examples.mjs').toBe(makeSchema());
});

test('the examples are what their sources make', () => {
  const made = makeExamples();
  for (const [name, content] of made) {
    const found = readFileSync(new URL(name, folder));
    expect(Buffer.compare(found, Buffer.from(content)), `${name}: run node .ci/make-examples.mjs`).toBe(0);
  }
  expect([...made.keys(), 'LICENSES.md'].sort()).toEqual(readdirSync(folder).sort());
});

test.each(projects)('%s is as formatDocument writes it, and nothing is wrong with it', (name) => {
  const text = readFileSync(new URL(name, folder), 'utf8');
  const parsed = parseDocument(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const document = parsed.value;
  expect(formatDocument(document)).toBe(text);
  expect(validateDocument(document)).toEqual([]);
  const compiler = createCompiler({ strip: stripTypes, sha256 });
  for (const asset of document.assets.values()) {
    expect(asset.description, asset.key).not.toBe(undefined);
    expect(asset.metadata, asset.key).not.toBe(undefined);
    if (asset.kind !== 'asset') continue;
    const compiled = compiler.compile(asset, document);
    if (!compiled.ok) throw new Error(`${asset.key}: ${JSON.stringify(compiled.error)}`);
  }
  for (const file of document.files.values()) {
    const bytes =
      file.data === undefined ? readFileSync(new URL(file.path, folder)) : Buffer.from(file.data, 'base64');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
    expect(bytes.length).toBe(file.bytes);
  }
});

test.each(projects)('the nodes of %s do not overlap and stand to the right of what they read', (name) => {
  const parsed = parseDocument(readFileSync(new URL(name, folder), 'utf8'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const notes = [...parsed.value.notes.values()].map(
    (note) => [note.id, { ...note.position, ...note }] as const,
  );
  const boxes = [...placedBoxes(parsed.value, parsed.value.assets.keys()), ...notes];
  for (const [i, [a, one]] of boxes.entries())
    for (const [b, other] of boxes.slice(i + 1)) {
      const [left, right] = one.x < other.x ? [one, other] : [other, one];
      const [upper, lower] = one.y < other.y ? [one, other] : [other, one];
      const apart = right.x - left.x - left.width >= 64 || lower.y - upper.y - upper.height >= 16;
      expect(apart, `${a} and ${b}`).toBe(true);
    }
  for (const edge of buildGraph(parsed.value).edges) {
    const from = parsed.value.assets.get(edge.from);
    const to = parsed.value.assets.get(edge.to);
    expect(to?.position.x, `${from?.key} → ${to?.key}`).toBeGreaterThan(from?.position.x ?? 0);
  }
});

test('the weather example shows what a project can hold', () => {
  const text = readFileSync(new URL('seattle-weather.headwater.json', folder), 'utf8');
  const parsed = parseDocument(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const { assets, groups, modules } = parsed.value;
  const code = [...assets.values()].filter((asset) => asset.kind === 'asset');
  expect(assets.size).toBeGreaterThanOrEqual(9);
  expect(groups.size).toBe(3);
  expect(modules.size).toBe(1);
  expect(code.some((asset) => asset.ins !== undefined)).toBe(true);
  expect(code.some((asset) => asset.body.includes(`from 'd3-array'`))).toBe(true);
  expect(buildGraph(parsed.value).edges.some((edge) => edge.kind === 'order')).toBe(true);
  for (const asset of code) expect(asset.body, asset.key).toContain('new MaterializeResult');
  expect(code.every((asset) => bodyInputs(asset).length >= 0)).toBe(true);
});
