// The time zone of every exact time on the screen: the browser's own, or the one that was chosen.

export const timeZonePreference = 'time-zone';

let zone: string | undefined;
const formats = new Map<string, Intl.DateTimeFormat>();
const listeners = new Set<() => void>();

export function isTimeZone(text: string): boolean {
  if (text === '') return false;
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** What is no zone counts as none chosen. */
export function setTimeZone(wanted: string | undefined): void {
  const next = wanted !== undefined && isTimeZone(wanted) ? wanted : undefined;
  if (next === zone) return;
  zone = next;
  formats.clear();
  for (const listener of listeners) listener();
}

/** Undefined while it is the browser's. */
export const timeZone = (): string | undefined => zone;

/** Calls back when the zone changes; returns what ends that. */
export function onTimeZone(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A format in the zone. Making one is slow, so each is kept. */
export function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = JSON.stringify(options);
  let format = formats.get(name);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      ...options,
      ...(zone === undefined ? {} : { timeZone: zone }),
    });
    formats.set(name, format);
  }
  return format;
}
