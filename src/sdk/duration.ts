// Spans of time as authors write them.

/** A span of time, as `Temporal.DurationLike`, of units that are always equally long. */
export interface DurationLike {
  readonly weeks?: number;
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

const secondsPer: Readonly<Record<keyof DurationLike, number>> = {
  weeks: 604_800,
  days: 86_400,
  hours: 3_600,
  minutes: 60,
  seconds: 1,
  milliseconds: 0.001,
};

/** The span in seconds. Throws a TypeError for other units (a month has no one length) and for what is no number. */
export function durationSeconds(duration: DurationLike): number {
  let seconds = 0;
  for (const [unit, count] of Object.entries(duration)) {
    if (!Object.hasOwn(secondsPer, unit))
      throw new TypeError(
        `A duration has no “${unit}” here. It is made of ${Object.keys(secondsPer).join(', ')}.`,
      );
    if (count === undefined) continue;
    if (typeof count !== 'number' || !Number.isFinite(count))
      throw new TypeError(`A duration's ${unit} are a number; got ${String(count)}.`);
    seconds += count * secondsPer[unit as keyof DurationLike];
  }
  return seconds;
}

/** "1 day, 2 hours, 3 seconds"; fractions of a second are left out. */
export function secondsInWords(total: number): string {
  const whole = Math.max(0, Math.floor(total));
  const parts: readonly (readonly [count: number, unit: string])[] = [
    [Math.floor(whole / 86_400), 'day'],
    [Math.floor((whole % 86_400) / 3_600), 'hour'],
    [Math.floor((whole % 3_600) / 60), 'minute'],
    [whole % 60, 'second'],
  ];
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count > 1 ? 's' : ''}`);
  return said.length === 0 ? '0 seconds' : said.join(', ');
}
