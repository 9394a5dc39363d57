import { test } from 'vitest';
import { graph } from '#model/graph-builder.ts';
import { typesHarness } from './types-harness.ts';
test('perf', () => {
  for (const shape of ['wide', 'chain']) {
    const n = shape === 'wide' ? 2000 : 300;
    let g = graph().asset('a0', 'function a0() { return [{ id: 1, w: 2, name: "x" }]; }');
    const docs = g.document().assets as Map<never, never>;
    const assets = new Map(docs) as never as Map<string, unknown>;
    for (let i = 1; i < n; i++) {
      const up = shape === 'wide' ? `a${Math.floor((i - 1) / 3)}` : `a${i - 1}`;
      const body = `export default async function a${i}({ ${up} }, context) {\n  context.log.info(\`\${${up}.length} rows\`);\n  const seen = new Map();\n  for (const row of ${up}) seen.set(row.id, row.w + ${i});\n  return ${up}.filter((row) => row.w > ${i}).map((row) => ({ ...row, w: row.w * 2 }));\n}`;
      assets.set(`id-a${i}`, { kind: 'asset', id: `id-a${i}`, key: `a${i}`, position: { x: 0, y: 0 }, body });
    }
    const doc = { ...g.document(), assets: assets as never };
    const t = typesHarness();
    let s = performance.now();
    const told = t.show(doc);
    console.log(shape, n, 'all', (performance.now() - s).toFixed(0), told.length, process.memoryUsage().heapUsed / 1e6);
    const edited = new Map(assets);
    const last = edited.get(`id-a${n - 1}`) as { body: string };
    edited.set(`id-a${n - 1}`, { ...last, body: `${last.body} ` });
    s = performance.now();
    t.show({ ...doc, assets: edited as never });
    console.log('edit', (performance.now() - s).toFixed(0));
  }
}, 200000);
