// The order in which canonical bytes list the keys of an object. It is the order that JavaScript itself gives
// to keys inserted this way, so an object in this order needs no note of its display order.

const MAX_INDEX = 4_294_967_294;

/** The array index that a key spells, or -1: such keys come first in every object, by number. */
export function indexOfKey(key: string): number {
  const first = key.charCodeAt(0);
  if (!(first >= 48 && first <= 57) || key.length > 10) return -1;
  const index = Number(key);
  return index <= MAX_INDEX && String(index) === key ? index : -1;
}

/** Indices by number, then the other keys by UTF-16 units. */
function compareKeys(a: string, b: string): number {
  const indexA = indexOfKey(a);
  const indexB = indexOfKey(b);
  if (indexA >= 0) return indexB >= 0 ? indexA - indexB : -1;
  if (indexB >= 0) return 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

export interface KeyLayout {
  /** The keys in canonical order. */
  readonly keys: readonly string[];
  /** Position in display order → position in canonical order; undefined when the two orders are the same. */
  readonly order: readonly number[] | undefined;
}

/** Sorts keys given in display order and remembers that order. */
export function layoutOfKeys(displayed: readonly string[]): KeyLayout {
  let sorted = true;
  for (let i = 1; i < displayed.length && sorted; i++) {
    sorted = compareKeys(displayed[i - 1]!, displayed[i]!) < 0;
  }
  if (sorted) return { keys: displayed.slice(), order: undefined };
  const byKey = displayed.map((_, i) => i).sort((a, b) => compareKeys(displayed[a]!, displayed[b]!));
  const order = new Array<number>(displayed.length);
  byKey.forEach((display, canonical) => {
    order[display] = canonical;
  });
  return { keys: byKey.map((i) => displayed[i]!), order };
}
