// Keys that a mistyped key may have meant.

import { keyName, parseUserString } from './asset-key.ts';

/** Up to ten keys that a mistyped key may have meant (reference §1.12). */
export function similarKeys(key: string, keys: Iterable<string>): string[] {
  const name = keyName(key);
  const path = parseUserString(key);
  const found: string[] = [];
  for (const candidate of keys) {
    const other = parseUserString(candidate);
    const sameName = other[other.length - 1] === name;
    const samePrefix = other.slice(0, -1).join('/') === path.slice(0, -1).join('/');
    if ((sameName && Math.abs(other.length - path.length) <= 1) || (sameName && path.length === 1))
      found.push(candidate);
    else if (samePrefix && similarity(other[other.length - 1]!, name) >= 0.8) found.push(candidate);
    if (found.length === 10) break;
  }
  return found;
}

// As Dagster measures it (rapidfuzz's ratio): twice the longest common subsequence over both lengths.
function similarity(a: string, b: string): number {
  const both = a.length + b.length;
  // Names of wildly different lengths cannot be near: the table is not worth its time.
  if (both === 0 || (2 * Math.min(a.length, b.length)) / both < 0.8) return both === 0 ? 1 : 0;
  let row = new Array<number>(b.length + 1).fill(0);
  for (let i = 1; i <= a.length; i++) {
    const next = [0];
    for (let j = 1; j <= b.length; j++)
      next[j] = a[i - 1] === b[j - 1] ? row[j - 1]! + 1 : Math.max(row[j]!, next[j - 1]!);
    row = next;
  }
  return (2 * row[b.length]!) / both;
}
