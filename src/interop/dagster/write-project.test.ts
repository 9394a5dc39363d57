import { expect, test } from 'vitest';
import type { ProjectDocument } from '#model/document.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { asUnitId } from '#model/ids.ts';
import { writeDagsterProject } from './write-project.ts';

function textsOf(document: ProjectDocument, options?: Parameters<typeof writeDagsterProject>[1]) {
  const written = writeDagsterProject(document, options);
  if (!written.ok) throw new Error(written.error.map(({ message }) => message).join('\n'));
  return {
    ...written.value,
    text: (ending: string) => written.value.files.find(({ path }) => path.endsWith(ending))?.text ?? '',
  };
}

test('assets of a group stand in its module, and definitions.py lists them', () => {
  const { text } = textsOf(
    graph()
      .asset('raw/orders', '() => []', { group: 'class' })
      .asset('total', '({ orders }) => orders.length', {
        ins: { orders: 'raw/orders' },
        retryPolicy: { maxRetries: 2, delay: 1, backoff: 'EXPONENTIAL' },
      })
      .document(),
  );
  expect(text('assets/class_.py')).toContain('key=["raw", "orders"],');
  expect(text('assets/default.py')).toContain('ins={"orders": dg.AssetIn(key=["raw", "orders"])}');
  expect(text('assets/default.py')).toContain(
    'retry_policy=dg.RetryPolicy(max_retries=2, delay=1, backoff=dg.Backoff.EXPONENTIAL)',
  );
  expect(text('definitions.py')).toContain('assets=[class_.raw__orders, default.total]');
});

test('an input that is a word of Python keeps its name for TypeScript', () => {
  const { text } = textsOf(graph().asset('from', '() => 1').asset('to', '({ from }) => from').document());
  expect(text('assets/default.py')).toContain('from_: TypeScriptValue');
  expect(text('assets/default.py')).toContain('inputs={"from": Input("from", from_)}');
});

test('config becomes a class whose fields have the defaults of the project', () => {
  const { text } = textsOf(
    graph()
      .asset('a', '(_, { config }) => config.limit', {
        body: 'export default ({}, { config }) => config.limit;\n',
        config: { limit: 3 },
        configSchema: {
          type: 'object',
          properties: { limit: { type: 'integer', description: 'How many' }, name: { type: 'string' } },
          required: ['limit'],
        },
      })
      .document(),
  );
  expect(text('assets/default.py')).toContain(`class AConfig(dg.Config):
    limit: int = Field(3, description="How many")
    name: Optional[str] = None
`);
  expect(text('assets/default.py')).toContain('from typing import Optional\n');
});

test('the executor is the one that was chosen, and is asked for in pyproject.toml', () => {
  const document = graph().asset('a', '() => 1').document();
  expect(textsOf(document).text('definitions.py')).toContain('executor=dg.multiprocess_executor');
  const celery = textsOf(document, { executor: 'celery' });
  expect(celery.text('definitions.py')).toContain('import dagster_celery\n');
  expect(celery.text('pyproject.toml')).toContain('"dagster-celery>=0.29,<0.30"');
  const dask = textsOf(document, { executor: 'dask' });
  expect(dask.text('definitions.py')).toMatch(/^import os\n\nimport dagster as dg\nimport dagster_dask\n/);
  expect(dask.text('definitions.py')).toContain('dask_executor.configured({"cluster": cluster})');
});

test('what Dagster cannot have is said before anything is written', () => {
  const written = writeDagsterProject(graph().asset('a', '({ nowhere }) => nowhere').document());
  expect(written).toMatchObject({
    ok: false,
    error: [{ subject: 'a', message: 'Its input “nowhere” reads “nowhere”, which no asset has.' }],
  });
});

test('what is different in Dagster is said: an IO manager keeps nothing of what a graph of ops makes', () => {
  const unit = asUnitId('slow');
  const document: ProjectDocument = {
    ...graph().document(),
    assets: new Map([
      [
        idOf('total'),
        {
          kind: 'output',
          id: idOf('total'),
          key: 'total',
          position: { x: 0, y: 0 },
          unit,
          output: 'result',
          ioManager: 'shelf',
        },
      ],
    ]),
    units: new Map([
      [
        unit,
        {
          kind: 'graph',
          id: unit,
          name: 'slow',
          position: { x: 0, y: 0 },
          ops: [{ name: 'one', position: { x: 0, y: 0 }, args: [], body: 'export default () => 1' }],
          results: { result: { op: 'one' } },
        },
      ],
    ]),
    resources: new Map([['shelf', { key: 'shelf', kind: 'ioManager', body: 'export default class {}' }]]),
  };
  expect(
    textsOf(document).notes.map(({ subject, message }) => `${subject}: ${message.split(':')[0]}`),
  ).toContain('total: A graph of ops makes it, so the IO manager “shelf” does not run there');
});

test('what was written once is written anew when something else changes what an input, a dep or a manager means', () => {
  const first = graph()
    .asset('raw/orders', '() => []', { group: 'daily' })
    .asset('total', '({ orders }) => orders.length', { group: 'daily', deps: ['orders'] })
    .document();
  const nearer = graph(first).asset('orders', '() => [1]', { group: 'daily' }).document();
  const kept: ProjectDocument = {
    ...nearer,
    resources: new Map([
      ['io_manager', { key: 'io_manager', kind: 'ioManager', body: 'export default class {}\n' }],
    ]),
  };
  const python = [first, nearer, kept].map((document) => textsOf(document).text('assets/daily.py'));
  expect(new Set(python).size).toBe(3);
  // Copies share nothing with what was written before.
  expect(python).toEqual(
    [first, nearer, kept].map((document) => textsOf(structuredClone(document)).text('assets/daily.py')),
  );
});
