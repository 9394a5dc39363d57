import type { ExampleSource } from '../example-source.ts';

const owners = ['team:penguins'];

export const multiAsset: ExampleSource = {
  folder: 'multi-asset',
  name: 'One body, several assets',
  description:
    'Multi-assets: a body that makes three assets, any of which can be made alone, and one that leaves an output out when there is nothing to tell.',
  groups: [
    { name: 'raw', description: 'As it came.', hue: 0 },
    { name: 'tables', description: 'What multi-assets make of it.', hue: 3 },
    { name: 'insights', description: 'What it means.', hue: 6 },
  ],
  files: [{ path: 'penguins.json', format: 'json' }],
  assets: [
    {
      kind: 'file',
      key: 'penguins',
      group: 'raw',
      description: 'Measurements of 344 penguins at Palmer Station, Antarctica.',
      kinds: ['json'],
      owners,
      metadata: { license: 'CC0 1.0', 'rows expected': 344 },
      path: 'penguins.json',
      at: [0, 0],
    },
    {
      kind: 'output',
      unit: 'tidy',
      output: 'measured',
      key: 'measured',
      group: 'tables',
      description: 'Penguins with every measurement, under names that are easy to type.',
      owners,
      metadata: { grain: 'one row a penguin' },
    },
    {
      kind: 'output',
      unit: 'tidy',
      output: 'incomplete',
      key: 'incomplete',
      group: 'tables',
      isRequired: false,
      description: 'Penguins that lack a measurement. Left out when there are none.',
      owners,
      metadata: { grain: 'one row a penguin' },
    },
    ...(['adelie', 'chinstrap', 'gentoo'] as const).map((species) => ({
      kind: 'output' as const,
      unit: 'by_species',
      output: species,
      key: `species/${species}`,
      group: 'tables',
      isRequired: false,
      description: `The ${species[0]!.toUpperCase()}${species.slice(1)} penguins.`,
      owners,
      metadata: { grain: 'one row a penguin' },
    })),
    {
      kind: 'asset',
      key: 'comparison',
      group: 'insights',
      description: 'The three species side by side.',
      kinds: ['typescript', 'table'],
      owners,
      metadata: { grain: 'one row a species' },
      ins: { adelie: 'species/adelie', chinstrap: 'species/chinstrap', gentoo: 'species/gentoo' },
      at: [3, 0],
    },
  ],
  units: [
    {
      kind: 'multi',
      id: 'tidy',
      name: 'tidy',
      description: 'Renames the columns, and sets aside what is not complete.',
      at: [1, 0],
    },
    {
      kind: 'multi',
      id: 'by_species',
      name: 'by_species',
      canSubset: true,
      description: 'One table for each species.',
      at: [2, 0],
    },
  ],
  notes: [
    {
      id: 'one-body',
      at: [0, -1.25],
      width: 480,
      height: 116,
      text: [
        '**One body, several assets.** `tidy` returns nothing: it *yields* an `Output` for each of its assets, in order.',
        '',
        '`incomplete` is not required. Were every penguin complete, it would be left out, and what reads it would be skipped.',
      ].join('\n'),
    },
    {
      id: 'part-of-it',
      at: [2, -1.25],
      width: 480,
      height: 116,
      text: [
        '**A part of it.** `by_species` can be subset: select `species/gentoo` alone and materialize it.',
        '',
        'The body sees in `context.selectedOutputNames` what is wanted, and makes only that.',
      ].join('\n'),
    },
  ],
};
