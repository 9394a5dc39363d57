// Patterns of a schema that somebody else wrote are tried on texts here: those that could take for ever are not.

const longestPattern = 500;
const unboundedAllowed = 3;

/** False for patterns whose time may explode: a repeated group that itself repeats or chooses, or too many repeats. */
export function isSafePattern(pattern: string): boolean {
  if (pattern.length > longestPattern) return false;
  // Of each open group: does it repeat or choose within?
  const groups = [false];
  let unbounded = 0;
  for (let i = 0; i < pattern.length; i++) {
    const mark = pattern[i];
    if (mark === '\\') {
      const next = pattern[i + 1] ?? '';
      // What was matched before may be matched again and again.
      if (/[1-9k]/.test(next)) return false;
      i++;
    } else if (mark === '[') {
      i = classEnd(pattern, i);
    } else if (mark === '(') {
      groups.push(false);
    } else if (mark === ')') {
      const isBusy = groups.pop() === true;
      if (isBusy && /^(?:[*+]|\{\d*,)/.test(pattern.slice(i + 1))) return false;
      if (isBusy && groups.length > 0) groups[groups.length - 1] = true;
    } else if (mark === '|') {
      groups[groups.length - 1] = true;
    } else if (mark === '*' || mark === '+' || /^\{\d*,/.test(pattern.slice(i))) {
      groups[groups.length - 1] = true;
      unbounded++;
    }
  }
  return unbounded <= unboundedAllowed;
}

function classEnd(pattern: string, start: number): number {
  for (let i = start + 1; i < pattern.length; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === ']') return i;
  }
  return pattern.length;
}
