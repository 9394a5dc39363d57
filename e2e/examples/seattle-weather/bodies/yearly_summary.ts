import { group, mean, sum } from 'd3-array';
import { MaterializeResult, MetadataValue } from 'headwater';
import { round } from '#lib/weather.ts';
import type { Inputs } from '#types/yearly_summary';

// One row a year: rain, warmth, the longest wet spell, the days in which it snowed.
export default function yearly_summary({ daily_weather, wet_spells, temperature_anomalies }: Inputs) {
  const anomalyOn = new Map(temperature_anomalies.map((day) => [day.date, day.anomaly]));
  const years = [...group(daily_weather, (day) => day.year)].map(([year, days]) => {
    const spells = wet_spells.filter((spell) => spell.kind === 'wet' && spell.from.startsWith(String(year)));
    return {
      year,
      days: days.length,
      precipitation: round(sum(days, (day) => day.precipitation)),
      tempMean: round(mean(days, (day) => day.tempMean) ?? 0, 2),
      anomaly: round(mean(days, (day) => anomalyOn.get(day.date)) ?? 0, 2),
      snowDays: days.filter((day) => day.weather === 'snow').length,
      longestWetSpell: Math.max(...spells.map((spell) => spell.days)),
    };
  });

  return new MaterializeResult({
    value: years,
    metadata: {
      rows: years.length,
      'rain in all (mm)': round(sum(years, (year) => year.precipitation)),
      years: MetadataValue.table({ records: years }),
    },
  });
}
