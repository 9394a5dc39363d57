// Whether a value may go to several steps as it is: only when none of them could change it.

const { freeze, getPrototypeOf, isFrozen, keys, prototype: objectPrototype } = Object;
/** After so many missing items in a row, an array's items are listed instead. */
const LONG_GAP = 1024;

/**
 * Freezes a value that `encodeValue` accepted, all the way down, and says whether it may be shared by reference:
 * true for primitives and for plain objects and arrays of such. False when any part stays mutable however frozen
 * (Map, Set, Date, RegExp, error, buffer); parts of it may be frozen by then.
 */
export function freezeForSharing(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function';
  const waiting: object[] = [value];
  /** What came frozen is remembered, so that a cycle or a part met again ends the walk. */
  let met: Set<object> | undefined;
  for (let object = waiting.pop(); object !== undefined; object = waiting.pop()) {
    if (isFrozen(object)) {
      met ??= new Set();
      if (met.has(object)) continue;
      met.add(object);
    }
    if (Array.isArray(object)) {
      if (!queueItems(object, waiting)) return false;
    } else {
      const prototype: unknown = getPrototypeOf(object);
      if (prototype !== objectPrototype && prototype !== null) return false;
      for (const key in object) {
        const part = (object as Record<string, unknown>)[key];
        if (typeof part === 'object' && part !== null) waiting.push(part);
        else if (typeof part === 'function') return false;
      }
    }
    freeze(object);
  }
  return true;
}

function queueItems(array: readonly unknown[], waiting: object[]): boolean {
  let missing = 0;
  for (let i = 0; i < array.length; i++) {
    const item = array[i];
    if (typeof item === 'object' && item !== null) {
      waiting.push(item);
      missing = 0;
    } else if (typeof item === 'function') {
      return false;
    } else if (item === undefined && ++missing === LONG_GAP) {
      return queueListed(array, i + 1, waiting);
    }
  }
  return true;
}

function queueListed(array: readonly unknown[], from: number, waiting: object[]): boolean {
  for (const key of keys(array)) {
    const item = Number(key) >= from ? array[Number(key)] : undefined;
    if (typeof item === 'object' && item !== null) waiting.push(item);
    else if (typeof item === 'function') return false;
  }
  return true;
}
