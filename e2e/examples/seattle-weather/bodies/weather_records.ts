import { greatest, least } from 'd3-array';
import { MaterializeResult, MetadataValue } from 'headwater';
import type { Inputs } from '#types/weather_records';

// The days that people remember.
export default function weather_records({ daily_weather, temperature_anomalies }: Inputs) {
  type Reading = { date: string; value: number };
  const highest = (readings: Reading[]) => greatest(readings, (reading) => reading.value);
  const lowest = (readings: Reading[]) => least(readings, (reading) => reading.value);
  const anomalies: Reading[] = temperature_anomalies.map(({ date, anomaly }) => ({ date, value: anomaly }));
  const records = [
    {
      record: 'hottest',
      ...highest(daily_weather.map(({ date, tempMax }) => ({ date, value: tempMax }))),
      unit: '°C',
    },
    {
      record: 'coldest',
      ...lowest(daily_weather.map(({ date, tempMin }) => ({ date, value: tempMin }))),
      unit: '°C',
    },
    {
      record: 'wettest',
      ...highest(daily_weather.map(({ date, precipitation }) => ({ date, value: precipitation }))),
      unit: 'mm',
    },
    {
      record: 'windiest',
      ...highest(daily_weather.map(({ date, wind }) => ({ date, value: wind }))),
      unit: 'm/s',
    },
    { record: 'most above normal', ...highest(anomalies), unit: '°C' },
    { record: 'most below normal', ...lowest(anomalies), unit: '°C' },
  ];

  return new MaterializeResult({
    value: records,
    metadata: {
      rows: records.length,
      ...Object.fromEntries(
        records.map(({ record, date, value, unit }) => [
          record,
          MetadataValue.text(`${date}: ${value} ${unit}`),
        ]),
      ),
    },
  });
}
