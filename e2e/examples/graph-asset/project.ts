import type { ExampleSource } from '../example-source.ts';

const owners = ['team:energy'];

export const graphAsset: ExampleSource = {
  folder: 'graph-asset',
  name: 'Ops inside one asset',
  description:
    'A graph asset: ops wired together make one asset. One op is flaky and tries again, another fans out into one step for each source of energy.',
  groups: [
    { name: 'raw', description: 'As it came.', hue: 0 },
    { name: 'insights', description: 'What it means.', hue: 6 },
  ],
  files: [{ path: 'iowa-electricity.csv', format: 'csv' }],
  assets: [
    {
      kind: 'file',
      key: 'electricity',
      group: 'raw',
      description: 'Electricity made in Iowa each year, by source, in thousands of megawatt hours.',
      kinds: ['csv'],
      owners,
      metadata: { 'rows expected': 51 },
      path: 'iowa-electricity.csv',
      at: [0, 0],
    },
    {
      kind: 'output',
      unit: 'energy_growth',
      output: 'result',
      key: 'energy_growth',
      group: 'insights',
      description: 'How each source of energy has grown, fastest first. Made by four ops.',
      kinds: ['table'],
      owners,
      metadata: { grain: 'one row a source' },
    },
    {
      kind: 'asset',
      key: 'headline',
      group: 'insights',
      description: 'The result in one sentence.',
      kinds: ['typescript'],
      owners,
      metadata: { length: 'one sentence' },
      at: [2, 0],
    },
  ],
  units: [
    {
      kind: 'graph',
      id: 'energy_growth',
      name: 'energy_growth',
      description: 'Reads the meters, splits by source, computes each on its own, and ranks them.',
      at: [1, 0],
      results: { result: { op: 'rank' } },
      ops: [
        {
          name: 'read_meters',
          description: 'Fails on its first try, as a far-off service might, and is tried again.',
          args: [{ input: 'electricity' }],
          retryPolicy: { maxRetries: 3, delay: 0.2, backoff: 'EXPONENTIAL' },
          position: { x: 0, y: 0 },
        },
        {
          name: 'by_source',
          description: 'Gives one value for each source: what reads it runs once for each.',
          args: [{ op: 'read_meters' }],
          outs: [{ name: 'result', isDynamic: true }],
          position: { x: 320, y: 0 },
        },
        {
          name: 'growth',
          description: 'One step for each source.',
          args: [{ op: 'by_source' }],
          position: { x: 640, y: 0 },
        },
        {
          name: 'rank',
          description: 'Gathers the results of all of them.',
          args: [{ op: 'growth', collect: true }],
          position: { x: 960, y: 0 },
        },
      ],
    },
  ],
  notes: [
    {
      id: 'open-it',
      at: [0, -1.25],
      width: 480,
      height: 112,
      text: [
        '**One asset, made in steps.** Open `energy_growth` to see its ops: `read_meters` → `by_source` → `growth` → `rank`.',
        '',
        'Readers and the catalog see one asset. A run shows every op as a step of its own, with its log.',
      ].join('\n'),
    },
    {
      id: 'try-again',
      at: [2, -1.25],
      width: 480,
      height: 112,
      text: [
        '**Tries again.** `read_meters` throws on its first try; its retry policy waits 0.2 s and starts it anew.',
        '',
        '**Fans out.** `by_source` is dynamic: `growth` runs once per source, and `rank` collects what they give.',
      ].join('\n'),
    },
  ],
};
