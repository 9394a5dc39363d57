import { expect, test } from 'vitest';
import { graph, idOf } from '#model/graph-builder.ts';
import { readProject } from './read-project.ts';
import { writeProject } from './write-project.ts';

const path = 'assets/orders.ts';

/** What is read of an asset whose module says its options so. */
function read(head: string, config: string, more: Readonly<Record<string, string>> = {}, value = '1') {
  const document = graph().asset('orders', 'function orders() { return 1; }').document();
  const { files } = writeProject(document);
  const texts = new Map(files.map((file) => [file.path, file.text]));
  expect(texts.has(path)).toBe(true);
  texts.set(
    path,
    `import type { AssetOptions } from 'headwater';
import { z } from 'zod';
${head}
export const options = { config: ${config} } satisfies AssetOptions;

export default function orders() { return ${value}; }
`,
  );
  for (const [name, text] of Object.entries(more)) texts.set(name, text);
  const { document: found, problems } = readProject({ texts, data: new Map() }, () => 'new');
  const asset = found.assets.get(idOf('orders'));
  if (asset?.kind !== 'asset') throw new Error('the asset is not read');
  return { schema: asset.configSchema, body: asset.body, problems: problems.map(({ message }) => message) };
}

const schema = {
  type: 'object',
  properties: { city: { type: 'string' }, limit: { type: 'number', maximum: 9 } },
  required: ['city', 'limit'],
};

test.each([
  [
    'a constant',
    'const fields = z.object({ city: z.string(), limit: z.number().max(9) });',
    'fields',
    schema,
  ],
  [
    'constants of constants',
    'const most = 9;\nconst limit = z.number().max(most);\nconst city = z.string();',
    'z.object({ city, limit })',
    schema,
  ],
  [
    'an extended constant',
    'const fields = z.object({ city: z.string() });',
    'fields.extend({ limit: z.number().max(9) }).strict()',
    { ...schema, additionalProperties: false },
  ],
  [
    'another one merged in',
    'const fields = z.object({ city: z.string() });\nconst more = z.object({ limit: z.number().max(9) });',
    'fields.merge(more)',
    schema,
  ],
  [
    'a part of a constant',
    'const fields = z.object({ city: z.string(), limit: z.number().max(9), more: z.boolean() });',
    'fields.omit({ more: true }).partial({ city: true }).loose()',
    { ...schema, required: ['limit'], additionalProperties: true },
  ],
  [
    'a picked part',
    'const fields = z.object({ city: z.string(), limit: z.number().max(9), more: z.boolean() });',
    'fields.pick({ city: true, limit: true })',
    schema,
  ],
])('a schema by %s is read, and the constants go along with the options', (_, head, config, expected) => {
  expect(read(head, config)).toEqual({
    schema: expected,
    body: 'export default function orders() { return 1; }\n',
    problems: [],
  });
});

test('a schema of a shared module is read there', () => {
  const lib = {
    'lib/fields.ts':
      "import { z } from 'zod';\nexport const half = (n: number) => n / 2;\nexport const fields = z.object({ city: z.string(), limit: z.number().max(9) });\n",
  };
  const found = read("import { fields as shared } from '#lib/fields.ts';", 'shared.strict()', lib);
  expect(found.schema).toEqual({ ...schema, additionalProperties: false });
  expect(found.problems).toEqual([]);
});

test.each([
  ["import { fields } from '#lib/other.ts';", 'fields'],
  ['const fields = z.object({ city: z.string().transform(fields) });', 'fields'],
  ['const fields = fields;', 'fields'],
  ['', 'fieldsOf(1)'],
  [
    `${Array.from({ length: 40 }, (_, i) => `const c${i} = z.object({ a: c${i + 1}, b: c${i + 1} });`).join('\n')}\nconst c40 = z.string();`,
    'c0',
  ],
])('a schema that has to be run to be known is left out, and that is said: %s %s', (head, config) => {
  const found = read(head, config);
  expect(found.schema).toBeUndefined();
  expect(found.problems).toEqual([
    '“config” cannot be read without running it: its schema is left out, and the config is written as JSON.',
  ]);
});

test('a constant that the body names too stays with it', () => {
  const config = 'z.object({ city: z.string(), limit: z.number().max(most) })';
  const found = read('const most = 9;\nconst other = 1;', config, {}, 'most');
  expect(found.schema).toEqual(schema);
  expect(found.body).toBe('const most = 9;\n\nexport default function orders() { return most; }\n');
});
