// One contiguous change of a text, with enough of its surroundings to find its place again when somebody
// else has changed the text in the meantime.

export interface BodyEdit {
  readonly start: number;
  readonly removed: string;
  readonly inserted: string;
  /** Up to `contextLength` characters on either side, as they were. */
  readonly before: string;
  readonly after: string;
}

const contextLength = 40;

/** The one edit that turns `from` into `to`; undefined when they are equal. */
export function editBetween(from: string, to: string): BodyEdit | undefined {
  if (from === to) return undefined;
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && from[start] === to[start]) start++;
  let tail = 0;
  while (tail < shorter - start && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail++;
  const end = from.length - tail;
  return {
    start,
    removed: from.slice(start, end),
    inserted: to.slice(start, to.length - tail),
    before: from.slice(Math.max(0, start - contextLength), start),
    after: from.slice(end, end + contextLength),
  };
}

/** Applies an edit at its place, or where its surroundings have moved to; undefined when they are gone. */
export function applyEdit(text: string, edit: BodyEdit): string | undefined {
  const whole = edit.before + edit.removed + edit.after;
  const expected = edit.start - edit.before.length;
  let at = text.startsWith(whole, expected) ? expected : text.indexOf(whole);
  if (at < 0 && edit.removed === '') {
    // A pure insertion still has its place when one side of it is unchanged and unique.
    const side = edit.before !== '' ? edit.before : edit.after;
    at = side === '' ? -1 : uniqueIndexOf(text, side);
    if (at < 0) return undefined;
    const place = edit.before !== '' ? at + side.length : at;
    return text.slice(0, place) + edit.inserted + text.slice(place);
  }
  if (at < 0) return undefined;
  const start = at + edit.before.length;
  return text.slice(0, start) + edit.inserted + text.slice(start + edit.removed.length);
}

function uniqueIndexOf(text: string, part: string): number {
  const first = text.indexOf(part);
  return first >= 0 && text.indexOf(part, first + 1) < 0 ? first : -1;
}
