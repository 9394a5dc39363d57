import { group } from 'd3-array';
import { DynamicOutput } from 'headwater';

export default function* by_source(readings) {
  for (const [source, rows] of group(readings, (row) => row.source))
    yield new DynamicOutput(rows, { mappingKey: source.toLowerCase().replace(/\W+/g, '_') });
}
