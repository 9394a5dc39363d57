import type { ExampleSource } from '../example-source.ts';

const owners = ['team:trade'];

export const resources: ExampleSource = {
  folder: 'resources',
  name: 'What bodies share',
  description:
    'A resource with config that two bodies use, and an IO manager of our own that keeps values as CSV and loads them again.',
  groups: [
    { name: 'raw', description: 'As it came.', hue: 0 },
    { name: 'kept', description: 'Kept as CSV by our own IO manager.', hue: 3 },
    { name: 'insights', description: 'What it means.', hue: 6 },
  ],
  files: [{ path: 'gapminder-health-income.csv', format: 'csv' }],
  assets: [
    {
      kind: 'file',
      key: 'countries',
      group: 'raw',
      description: 'Income, life expectancy and population of 187 countries.',
      kinds: ['csv'],
      owners,
      metadata: { license: 'CC BY 4.0', 'rows expected': 187 },
      path: 'gapminder-health-income.csv',
      at: [0, 0],
    },
    {
      kind: 'asset',
      key: 'incomes',
      group: 'kept',
      description: 'Income of each country in the currency of the resource. Kept as CSV.',
      kinds: ['typescript', 'csv'],
      owners,
      metadata: { grain: 'one row a country' },
      ioManager: 'csv_store',
      at: [1, 0],
    },
    {
      kind: 'asset',
      key: 'by_region',
      group: 'kept',
      description: 'The mean of each region. Kept as CSV.',
      kinds: ['typescript', 'csv'],
      owners,
      metadata: { grain: 'one row a region' },
      ioManager: 'csv_store',
      at: [2, 0],
    },
    {
      kind: 'asset',
      key: 'headline',
      group: 'insights',
      description: 'The richest region in a sentence, in the currency of the resource.',
      kinds: ['typescript'],
      owners,
      metadata: { length: 'one sentence' },
      at: [3, 0],
    },
  ],
  resources: [
    {
      key: 'currency',
      kind: 'resource',
      description: 'What a dollar is worth, and how an amount is written.',
      config: { code: 'EUR', perDollar: 0.92 },
      file: 'shared/currency.ts',
    },
    {
      key: 'csv_store',
      kind: 'ioManager',
      description: 'Keeps rows as CSV text.',
      config: { separator: ';' },
      file: 'shared/csv_store.ts',
    },
  ],
  notes: [
    {
      id: 'resource',
      at: [0, -1.25],
      width: 480,
      height: 116,
      text: [
        '**A resource.** `incomes` and `headline` share `context.resources.currency`. Its class and its config stand under *Resources*.',
        '',
        'Change `perDollar` there and materialize again: no body changes.',
      ].join('\n'),
    },
    {
      id: 'manager',
      at: [2, -1.25],
      width: 480,
      height: 116,
      text: [
        '**An IO manager.** `csv_store` decides how values are kept: it writes CSV on the way out and reads it for whoever asks.',
        '',
        'Choose it per asset under *Settings*.',
      ].join('\n'),
    },
  ],
};
