import { expect, test } from 'vitest';
import { listedResources, renameResourceUses, resourceKeysOf, resourceUses } from './resource-names.ts';

const keys = (body: string) => resourceUses(body).map(({ key }) => key);

test('a body names resources by property, by text and by destructuring', () => {
  expect(keys('export default ({ a }, context) => context.resources.http.get(a)')).toEqual(['http']);
  expect(keys('export default (_, ctx) => ctx.resources?.http?.get()')).toEqual(['http']);
  expect(keys(`export default (_, context) => context.resources['http']`)).toEqual(['http']);
  expect(
    keys(`export default async function rows({ a }: Inputs, context: Context) {
  const { http, db: database, } = context.resources;
  return http.get(database.url);
}`),
  ).toEqual(['http', 'db']);
  expect(keys('export default ({ a }, { resources: { http, db: store }, log }) => http.get(a)')).toEqual([
    'http',
    'db',
  ]);
  expect(keys('export default (value, context) => context.resources.http')).toEqual(['http']);
});

test('a body names resources by another name that it gave to all of them', () => {
  expect(keys('export default ({ a }, { log, resources }) => resources.http.get(a)')).toEqual(['http']);
  expect(keys('export default (_, { resources: all }) => [all?.http, all["db"]]')).toEqual(['http', 'db']);
  expect(
    keys(`export default (_, context) => {
  const { resources } = context;
  const { http, db: store } = resources;
  return http.get(store);
}`),
  ).toEqual(['http', 'db']);
  expect(keys('export default (_, ctx) => { const all = ctx.resources; return all.http; }')).toEqual([
    'http',
  ]);
  expect(
    keys('export default (_, ctx) => { const { log, resources: { http } } = ctx; return http; }'),
  ).toEqual(['http']);
  expect(renameResourceUses('export default (_, { resources }) => resources.http', 'http', 'web')).toBe(
    'export default (_, { resources }) => resources.web',
  );
});

test('an input called resources is an input; what is taken apart in place, or before the body, counts', () => {
  expect(keys('export default ({ resources }, context) => resources.water')).toEqual([]);
  expect(keys('export default ({ a, plant }, context) => plant.resources.water')).toEqual([]);
  expect(keys('export default ({ resources: { http } }) => http')).toEqual(['http']);
  expect(
    keys(`const get = (context) => context.resources.http;
export default (_, context) => get(context);`),
  ).toEqual(['http']);
});

test('what is called resources elsewhere names none', () => {
  expect(keys('export default ({ plant }, context) => plant.map((row) => row.resources.water)')).toEqual([]);
  expect(keys('export default () => ({ resources: { water: 1 } })')).toEqual([]);
  expect(keys('export default (_, context) => "context.resources.http"')).toEqual([]);
});

test('a list of keys stands in the place of what the body names', () => {
  const body = 'export default (_, context) => context.resources.http';
  expect(resourceKeysOf({ body })).toEqual(['http']);
  expect(resourceKeysOf({ body, resources: ['db'] })).toEqual(['db']);
  expect(listedResources(body, ['http'])).toBeUndefined();
  expect(listedResources(body, ['http', 'db'])).toEqual(['http', 'db']);
  expect(listedResources(body, undefined)).toBeUndefined();
});

test('renaming keeps the variables of the body', () => {
  const body = `export default (_, { resources: { http, db: store } }) => http.get(store);`;
  expect(renameResourceUses(body, 'http', 'web')).toBe(
    'export default (_, { resources: { web: http, db: store } }) => http.get(store);',
  );
  expect(renameResourceUses(body, 'db', 'files')).toContain('{ http, files: store }');
  expect(renameResourceUses(`export default (_, c) => c.resources['http']`, 'http', 'web')).toBe(
    'export default (_, c) => c.resources["web"]',
  );
});
