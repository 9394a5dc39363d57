import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyDiff, invertDiff } from '../diff.ts';
import type { CodeAsset, ProjectDocument, Resource } from '../document.ts';
import { formatDocument } from '../format-document.ts';
import { buildGraph } from '../graph.ts';
import { graph, idOf } from '../graph-builder.ts';
import { editBetween } from '../text-edit.ts';
import { validateDocument } from '../validate.ts';
import { applyCommand } from './apply-command.ts';
import type { Command } from './command.ts';

const resource = (key: string, more: Partial<Resource> = {}): Resource => ({
  key,
  kind: 'resource',
  body: 'export default class Http {}',
  ...more,
});

function after(document: ProjectDocument, ...commands: Command[]): ProjectDocument {
  return commands.reduce((current, command) => {
    const diff = applyCommand(current, command);
    if (!diff.ok) throw new Error(diff.error.type);
    const next = applyDiff(current, diff.value);
    if (!next.ok) throw new Error('conflict');
    return next.value;
  }, document);
}

const errorOf = (document: ProjectDocument, command: Command) => {
  const diff = applyCommand(document, command);
  return diff.ok ? undefined : diff.error.type;
};

const start = after(
  graph()
    .asset('page', '(_, { resources: { http } }) => http.get()', { ioManager: 'files' })
    .asset('list', '({ page }, context) => context.resources.http', { resources: ['http', 'files'] })
    .document(),
  { type: 'AddResource', resource: resource('http') },
  { type: 'AddResource', resource: resource('files', { kind: 'ioManager' }) },
);

test('renaming a resource rewrites all that names it', () => {
  const renamed = after(
    start,
    { type: 'RenameResource', key: 'http', to: 'web' },
    { type: 'RenameResource', key: 'files', to: 'folder' },
  );
  const [page, list] = [...renamed.assets.values()] as CodeAsset[];
  expect(page).toMatchObject({
    body: 'export default (_, { resources: { web: http } }) => http.get()',
    ioManager: 'folder',
  });
  expect(list).toMatchObject({
    body: 'export default ({ page }, context) => context.resources.web',
    resources: ['web', 'folder'],
  });
  expect([...renamed.resources.keys()].sort()).toEqual(['folder', 'web']);
  expect(validateDocument(renamed)).toEqual([]);
});

test('a removed resource is a problem where it is named, with the nearest name that there is', () => {
  const without = after(
    start,
    { type: 'AddResource', resource: resource('http2') },
    { type: 'RemoveResource', key: 'http' },
  );
  expect(validateDocument(without)).toEqual([
    expect.objectContaining({
      type: 'ResourceMissing',
      key: 'page',
      resource: 'http',
      didYouMean: ['http2'],
    }),
    expect.objectContaining({
      type: 'ResourceMissing',
      key: 'list',
      resource: 'http',
      didYouMean: ['http2'],
    }),
  ]);
  expect(buildGraph(without).edges).toHaveLength(1);
});

test('fields are changed, taken away and left alone', () => {
  const changed = after(
    start,
    { type: 'UpdateResource', key: 'http', change: { config: { port: 1 }, description: 'The shop.' } },
    { type: 'UpdateResource', key: 'http', change: { description: null } },
    { type: 'EditResourceBody', key: 'http', edit: editBetween(resource('http').body, 'class {}')! },
  );
  expect(changed.resources.get('http')).toEqual({
    key: 'http',
    kind: 'resource',
    body: 'class {}',
    config: { port: 1 },
  });
});

test('what cannot be is refused, and what is done already is done', () => {
  expect(errorOf(start, { type: 'AddResource', resource: resource('http') })).toBe('ResourceTaken');
  expect(errorOf(start, { type: 'AddResource', resource: resource('a b') })).toBe('NameInvalid');
  expect(errorOf(start, { type: 'AddResource', resource: resource('memory') })).toBe('NameInvalid');
  expect(errorOf(start, { type: 'RenameResource', key: 'http', to: 'files' })).toBe('ResourceTaken');
  expect(errorOf(start, { type: 'UpdateResource', key: 'x', change: {} })).toBe('ResourceNotFound');
  const edit = editBetween('nothing of this', 'something else')!;
  expect(errorOf(start, { type: 'EditResourceBody', key: 'http', edit })).toBe('EditDoesNotApply');
  expect(applyCommand(start, { type: 'RemoveResource', key: 'x' })).toEqual({
    ok: true,
    value: { changes: [] },
  });
});

const key = fc.constantFrom('http', 'files', 'web', 'db', '__proto__', 'io_manager');
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ key, kind: fc.constantFrom('resource' as const, 'ioManager' as const) }).map((fields) => ({
    type: 'AddResource' as const,
    resource: resource(fields.key, { kind: fields.kind }),
  })),
  key.map((name) => ({ type: 'RemoveResource' as const, key: name })),
  fc.record({ key, to: key }).map((names) => ({ type: 'RenameResource' as const, ...names })),
  fc
    .record({ key, config: fc.constantFrom(null, { a: 1 }, { token: { env: 'T' } }) })
    .map(({ key: name, config }) => ({
      type: 'UpdateResource' as const,
      key: name,
      change: { config },
    })),
  fc.record({ key, text: fc.string() }).map(({ key: name, text }) => ({
    type: 'EditResourceBody' as const,
    key: name,
    edit: editBetween('export default class Http {}', `export default class Http { ${text}x }`)!,
  })),
  fc.constantFrom('http', 'files', 'memory', null).map((ioManager) => ({
    type: 'UpdateAsset' as const,
    id: idOf('page'),
    change: { ioManager },
  })),
);

test('any commands on resources undone one by one give the first document byte for byte', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
      let document = start;
      const diffs = [];
      for (const each of commands) {
        const diff = applyCommand(document, each);
        if (!diff.ok) continue;
        diffs.push(diff.value);
        const next = applyDiff(document, diff.value);
        if (!next.ok) throw new Error('conflict');
        document = next.value;
      }
      for (const diff of diffs.toReversed()) {
        const before = applyDiff(document, invertDiff(diff));
        if (!before.ok) throw new Error('conflict');
        document = before.value;
      }
      expect(formatDocument(document)).toBe(formatDocument(start));
    }),
  );
});
