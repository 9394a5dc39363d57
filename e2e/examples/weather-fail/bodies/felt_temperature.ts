import { MaterializeResult } from 'headwater';
import type { Inputs } from '#types/felt_temperature';

// Fails on purpose. The file has no column "humidity": the check below finds that out and says what to do.
export default function felt_temperature({ raw_weather }: Inputs) {
  const humidityOf = (row: { humidity: { percent: number } }) => row.humidity.percent;

  const felt = raw_weather.map((row) => {
    try {
      return { date: row.date, felt: row.temp_max + humidityOf(row) / 20 };
    } catch (cause) {
      const columns = Object.keys(row).join(', ');
      throw new Error(`${row.date}: there is no humidity to compute with. The columns are: ${columns}.`, {
        cause,
      });
    }
  });

  return new MaterializeResult({ value: felt, metadata: { rows: felt.length } });
}
