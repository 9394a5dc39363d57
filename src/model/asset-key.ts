// Asset keys: a path of parts with one text form. Dagster's AssetKey, except that a plain string is
// always a user string ("raw/orders" means two parts), everywhere.

export type AssetKeyPath = readonly string[];

/** Splits a user string; `\/` and `\\` stand for a slash and a backslash inside a part. */
export function parseUserString(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === '\\' && i + 1 < text.length) {
      i += 1;
      part += text[i];
    } else if (char === '/') {
      parts.push(part);
      part = '';
    } else part += char;
  }
  // As in Dagster, a trailing empty part is dropped.
  if (part !== '' || parts.length === 0) parts.push(part);
  return parts;
}

/** Joins parts to a user string; the inverse of `parseUserString`. */
export function formatUserString(path: AssetKeyPath): string {
  return path.map((part) => part.replace(/[\\/]/g, '\\$&')).join('/');
}

/** The last part of a key in user-string form: the name people see on a node. */
export function keyName(key: string): string {
  const path = parseUserString(key);
  return path[path.length - 1]!;
}

/** The key as a Dagster step key: parts joined by `__`, with `-` and `.` as `_`. */
export function keyToStepKey(key: string): string {
  return parseUserString(key).join('__').replace(/[-.]/g, '_');
}

/** Can this key be written as a plain JavaScript name, so that a body can destructure it directly? */
export function isPlainName(key: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(key) && !reservedWords.has(key);
}

const reservedWords = new Set(
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield'.split(
    ' ',
  ),
);

/** Why a text cannot be an asset key, in words for a form; undefined when it can. */
export function assetKeyProblem(text: string): string | undefined {
  if (text.trim() === '') return 'An asset needs a name.';
  if (text.length > 10_000) return 'A key can have at most 10,000 characters.';
  if (/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(text))
    return 'A key cannot hold control or direction characters.';
  for (const part of parseUserString(text)) {
    if (part === '') return 'A key cannot have an empty part.';
    if (!/^[A-Za-z0-9_.-]+$/.test(part)) return `“${part}” can use letters, digits, “_”, “-” and “.” only.`;
  }
  if (text.endsWith('/')) return 'A key cannot end with “/”.';
  return undefined;
}

/** Dagster's AssetKey: an ordered path of strings. Equality is by parts. */
export class AssetKey {
  readonly path: readonly string[];

  /** A string is a user string (`"raw/orders"` has two parts); an array gives the parts themselves. */
  constructor(path: string | readonly string[]) {
    this.path = Object.freeze(typeof path === 'string' ? parseUserString(path) : [...path]);
  }

  /** The user string: parts joined by "/"; "/" inside a part is written "\/", "\" is written "\\". */
  toString(): string {
    return formatUserString(this.path);
  }

  /** Reads a user string; the inverse of `toString`. Dagster: `AssetKey.from_user_string`. */
  static fromUserString(text: string): AssetKey {
    return new AssetKey(parseUserString(text));
  }

  /** Do the first parts of this key equal `prefix`? Dagster: `has_prefix`. */
  hasPrefix(prefix: string | readonly string[]): boolean {
    const parts = typeof prefix === 'string' ? parseUserString(prefix) : prefix;
    return parts.length <= this.path.length && parts.every((part, i) => part === this.path[i]);
  }

  /** A new key with `prefix` in front. Dagster: `with_prefix`. */
  withPrefix(prefix: string | readonly string[]): AssetKey {
    const parts = typeof prefix === 'string' ? parseUserString(prefix) : prefix;
    return new AssetKey([...parts, ...this.path]);
  }

  /** Equality by parts. */
  equals(other: AssetKey): boolean {
    return this.toString() === other.toString();
  }
}
