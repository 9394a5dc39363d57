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

// 1 − (edit distance / longer length).
function similarity(a: string, b: string): number {
  const longer = Math.max(a.length, b.length);
  if (longer === 0 || Math.abs(a.length - b.length) > longer * 0.2) return longer === 0 ? 1 : 0;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return 1 - row[b.length]! / longer;
}
