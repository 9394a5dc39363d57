import type { AssetSource, ExampleSource } from '../example-source.ts';

const view = (key: string, description: string, row: number): AssetSource => ({
  kind: 'asset',
  key,
  group: 'views',
  description,
  kinds: ['typescript', 'table'],
  owners: ['team:flights'],
  metadata: { reads: '200,000 rows' },
  at: [1, row],
});

export const flights200k: ExampleSource = {
  folder: 'flights-200k',
  name: 'Flights, 200,000 rows',
  description:
    'Fans out over 200,000 flights from an Arrow file into seven views, and joins them in one report.',
  groups: [
    { name: 'source', description: 'The file.', hue: 1 },
    { name: 'views', description: 'Seven ways to look at all the rows at once.', hue: 4 },
    { name: 'report', description: 'The views joined.', hue: 7 },
  ],
  files: [{ path: 'flights-200k.arrow', format: 'arrow' }],
  assets: [
    {
      kind: 'file',
      key: 'flights',
      group: 'source',
      description:
        'Delay (minutes), distance (miles) and hour of departure of 200,000 flights in the United States.',
      kinds: ['arrow'],
      owners: ['team:flights'],
      tags: { source: 'vega-datasets' },
      metadata: { origin: 'U.S. Bureau of Transportation Statistics', 'rows expected': 200_000 },
      path: 'flights-200k.arrow',
      at: [0, 3],
    },
    view('delay_histogram', 'Flights by delay, in steps of 15 minutes.', 0),
    view('delays_by_hour', 'The mean delay for each hour of departure.', 1),
    view('delays_by_distance', 'Delays in bands of 250 miles.', 2),
    view('delay_quantiles', 'The delay that a given share of flights does not exceed.', 3),
    view('on_time_grid', 'Punctuality by hour and length of flight.', 4),
    view('late_flights', 'Every flight that was an hour late or more.', 5),
    view('early_flights', 'How early flights arrive, by distance.', 6),
    {
      kind: 'asset',
      key: 'punctuality_report',
      group: 'report',
      description: 'What the seven views say together.',
      kinds: ['typescript'],
      owners: ['team:flights'],
      metadata: { joins: 7 },
      at: [2, 3],
    },
  ],
};
