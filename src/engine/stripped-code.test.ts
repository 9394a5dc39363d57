import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stripTypes } from '#app/node/strip-types.ts';
import { err, ok } from '#base/result.ts';
import { buildGraph } from '#model/graph.ts';
import { graph } from '#model/graph-builder.ts';
import { parseDocument } from '#model/parse-document.ts';
import { createCompiler } from './compiler.ts';
import { planRun } from './plan.ts';
import type { StripTypes } from './ports.ts';
import { recallStripped, stripDocument } from './stripped-code.ts';

const sha256 = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const gallery = 'public/examples';
const examples = readdirSync(gallery).filter((name) => name.endsWith('.headwater.json'));

test.each(examples)('%s is planned alike from its source and from its stripped code', (name) => {
  const parsed = parseDocument(readFileSync(`${gallery}/${name}`, 'utf8'));
  if (!parsed.ok) throw new Error('the example is broken');
  const graph = buildGraph(parsed.value);
  const planWith = (strip: StripTypes) =>
    planRun({
      graph,
      selection: 'all',
      compiler: createCompiler({ sha256, strip }),
      latestOf: () => undefined,
    });
  const { texts } = stripDocument(parsed.value, stripTypes);
  const plan = planWith(stripTypes);
  expect(plan.ok).toBe(true);
  expect(planWith(recallStripped(texts))).toEqual(plan);
});

test('what does not strip is left out, and said when it is needed', () => {
  const document = graph().asset('good', '() => 1').asset('bad', '() => oops').document();
  const { texts, libraries } = stripDocument(document, (source) =>
    source.includes('oops') ? err({ type: 'StripError', message: 'no' }) : ok(source),
  );
  expect(texts).toHaveLength(1);
  expect(libraries).toEqual([]);
  const recall = recallStripped(texts);
  const [[source, code] = ['', '']] = texts;
  expect(recall(source)).toEqual(ok(code));
  expect(recall('() => oops')).toMatchObject({ ok: false, error: { type: 'StripError' } });
});

test('libraries that any code imports are named once, without headwater itself', () => {
  const document = graph().asset('sums', '() => 1').document();
  const [asset] = document.assets.values();
  const body =
    "import { sum } from 'd3-array';\nimport { asset } from 'headwater';\nexport default () => sum([asset]);";
  const changed = { ...document, assets: new Map([[asset!.id, { ...asset!, body }]]) } as typeof document;
  expect(stripDocument(changed, ok).libraries).toEqual(['d3-array']);
});
