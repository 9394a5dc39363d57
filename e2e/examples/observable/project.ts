import type { ExampleSource } from '../example-source.ts';

const owners = ['team:climate'];

export const observable: ExampleSource = {
  folder: 'observable',
  name: 'Data that something else makes',
  description:
    'External and observable assets: look at a source, and what reads it is out of date as soon as the source has a new version.',
  groups: [
    { name: 'outside', description: 'Made elsewhere: looked at, never materialized here.', hue: 0 },
    { name: 'inside', description: 'Made here.', hue: 6 },
  ],
  files: [{ path: 'co2-concentration.csv', format: 'csv' }],
  assets: [
    {
      kind: 'external',
      key: 'mauna_loa/instrument',
      group: 'outside',
      description:
        'The analyser on the mountain. It is there so that the lineage begins where the data does.',
      owners,
      metadata: { altitude: '3,397 m' },
      at: [0, 0],
    },
    {
      kind: 'observable',
      key: 'mauna_loa/page',
      group: 'outside',
      description: 'The page on which each month’s reading appears. Its version is the month of today.',
      owners,
      metadata: { 'changes when': 'a month begins' },
      deps: ['mauna_loa/instrument'],
      at: [1, 0],
    },
    {
      kind: 'file',
      key: 'co2',
      group: 'inside',
      description: 'Carbon dioxide over Mauna Loa, month by month since 1958, in parts per million.',
      kinds: ['csv'],
      owners,
      metadata: { license: 'CC BY 4.0' },
      path: 'co2-concentration.csv',
      at: [1, 1],
    },
    {
      kind: 'asset',
      key: 'yearly',
      group: 'inside',
      description: 'The mean of each year. Comes after the page, whose version it remembers.',
      kinds: ['typescript', 'table'],
      owners,
      metadata: { grain: 'one row a year' },
      deps: ['mauna_loa/page'],
      at: [2, 0],
    },
    {
      kind: 'asset',
      key: 'rise',
      group: 'inside',
      description: 'How much a decade has added.',
      kinds: ['typescript', 'table'],
      owners,
      metadata: { grain: 'one row a decade' },
      at: [3, 0],
    },
  ],
  notes: [
    {
      id: 'observe-it',
      at: [0, -1.25],
      width: 480,
      height: 112,
      text: [
        '**Look, do not make.** Select `mauna_loa/page` and choose *Observe*: its body says which version the source has, and stores no value.',
        '',
        '“Materialize all” leaves both assets of `outside` alone.',
      ].join('\n'),
    },
    {
      id: 'stale',
      at: [2, -1.25],
      width: 480,
      height: 112,
      text: [
        '**Out of date.** Materialize `yearly`, then change the text in the body of `mauna_loa/page` and observe again: `yearly` is unsynced, because “mauna_loa/page has a new data version”.',
      ].join('\n'),
    },
  ],
};
