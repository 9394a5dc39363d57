import { expect, it } from 'vitest';
import { graph } from '#model/graph-builder.ts';
import { findKeys } from './find-keys.ts';

// In parts, so that this file has no key in it either.
const awsKey = ['AKIA', 'IOSFODNN7EXAMPLE'].join('');

const found = (body: string) => findKeys(graph().asset('orders', '', { body }).document());

it('finds what looks like a key in a body, and says where, never what', () => {
  const keys = found(`const a = 1;\nconst id = '${awsKey}';\nexport default () => id;\n`);
  expect(keys).toEqual([{ kind: 'asset', name: 'orders', what: 'an AWS access key', line: 2 }]);
  expect(JSON.stringify(keys)).not.toContain(awsKey);
});

it.each([
  `const apiKey = 'a1b2c3d4e5f6';`,
  `fetch(url, { headers: { "x-api-key": "a1b2c3d4e5f6" } })`,
  `const db = 'postgres://app:hunter2@db.example.org/app';`,
  `const password = "hunter2-hunter2";`,
  ['-----BEGIN RSA', ' PRIVATE KEY-----'].join(''),
  `// ${['ghp', '_', 'a'.repeat(36)].join('')}`,
])('finds a key in %s', (body) => {
  expect(found(body)).toHaveLength(1);
});

it.each([
  `const token = process.env.TOKEN;`,
  `const apiKey = 'your-api-key-1';`,
  `const password = '<password 1>';`,
  `const tokens = text.split(' ');`,
  `const key = 'raw/orders_2024';`,
  `const url = 'https://example.org/a:b@c';`,
  `({ secret: 'description' })`,
])('finds none in %s', (body) => {
  expect(found(body)).toEqual([]);
});

it('looks into configs, where the name of the field tells', () => {
  const document = graph()
    .asset('orders', '() => 1', { config: { api_key: 'a1b2c3d4e5', limit: 5 } })
    .document();
  expect(findKeys(document)).toEqual([{ kind: 'asset', name: 'orders', what: 'the value of “api_key”' }]);
  const referred = graph()
    .asset('orders', '() => 1', { config: { api_key: { env: 'API_KEY_1' } } })
    .document();
  expect(findKeys(referred)).toEqual([]);
});
