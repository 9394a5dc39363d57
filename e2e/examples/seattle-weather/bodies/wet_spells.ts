import { MaterializeResult, MetadataValue } from 'headwater';
import type { Inputs } from '#types/wet_spells';

// Runs of days with rain, and of days without.
export default function wet_spells({ daily_weather }: Inputs) {
  type Spell = { kind: 'wet' | 'dry'; from: string; to: string; days: number; precipitation: number };
  const spells: Spell[] = [];
  let current: Spell | undefined;
  for (const day of daily_weather) {
    const kind = day.precipitation > 0 ? 'wet' : 'dry';
    if (current?.kind !== kind) {
      current = { kind, from: day.date, to: day.date, days: 0, precipitation: 0 };
      spells.push(current);
    }
    current.to = day.date;
    current.days += 1;
    current.precipitation = Math.round((current.precipitation + day.precipitation) * 10) / 10;
  }
  const longest = (kind: Spell['kind']) =>
    spells.filter((spell) => spell.kind === kind).reduce((a, b) => (b.days > a.days ? b : a));
  const top = spells.toSorted((a, b) => b.days - a.days || (a.from < b.from ? -1 : 1)).slice(0, 5);

  return new MaterializeResult({
    value: spells,
    metadata: {
      rows: spells.length,
      'longest wet spell (days)': longest('wet').days,
      'longest dry spell (days)': longest('dry').days,
      'longest spells': MetadataValue.table({ records: top }),
    },
  });
}
