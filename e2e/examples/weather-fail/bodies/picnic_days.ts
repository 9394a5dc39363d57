import { MaterializeResult } from 'headwater';
import type { Inputs } from '#types/picnic_days';

// Never begins: it reads felt_temperature, which fails. The run skips it and says because of whom.
export default function picnic_days({ felt_temperature, rain_totals }: Inputs) {
  const days = felt_temperature.filter((day) => day.felt > 20);
  return new MaterializeResult({ value: days, metadata: { rows: days.length, years: rain_totals.length } });
}
