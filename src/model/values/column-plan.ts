// Chooses the layout of a column from its cells alone: equal columns get equal layouts.

import { ColumnKind, HAS_NULL, HAS_UNDEFINED, MAX_DICTIONARY } from './format.ts';

export interface ColumnPlan {
  readonly kind: (typeof ColumnKind)[keyof typeof ColumnKind];
  /** HAS_NULL and HAS_UNDEFINED. */
  readonly flags: number;
  /** The distinct texts in order of appearance, when `kind` is dictionary. */
  readonly dictionary?: ReadonlyMap<string, number>;
}

const Seen = { boolean: 1, int: 2, float: 4, text: 8, date: 16 } as const;
const ANY: ColumnPlan = { kind: ColumnKind.any, flags: 0 };
const getTime = Date.prototype.getTime;

/** True for a Date as the language makes it: no subclass, nothing added, not a look-alike. */
function isPlainDate(value: object): value is Date {
  try {
    if (Object.getPrototypeOf(value) !== Date.prototype) return false;
    if (Reflect.ownKeys(value).length > 0) return false;
    getTime.call(value as Date);
    return true;
  } catch {
    return false;
  }
}

/** The layout of these cells; kind `any` when they are mixed or hold containers. */
export function planColumn(cells: readonly unknown[]): ColumnPlan {
  let seen = 0;
  let flags = 0;
  let least = 0;
  let most = 0;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    switch (typeof cell) {
      case 'number':
        if ((cell | 0) === cell && (cell !== 0 || Object.is(cell, 0))) {
          seen |= Seen.int;
          if (cell < least) least = cell;
          if (cell > most) most = cell;
        } else {
          seen |= Seen.float;
        }
        break;
      case 'string':
        seen |= Seen.text;
        break;
      case 'boolean':
        seen |= Seen.boolean;
        break;
      case 'undefined':
        flags |= HAS_UNDEFINED;
        break;
      case 'object':
        if (cell === null) flags |= HAS_NULL;
        else if (isPlainDate(cell)) seen |= Seen.date;
        else return ANY;
        break;
      default:
        return ANY;
    }
    // The kinds seen are bits: two of them at once are mixed, but for integers among floats.
    if ((seen & (seen - 1)) !== 0 && seen !== (Seen.int | Seen.float)) return ANY;
  }
  switch (seen) {
    case 0:
      return { kind: ColumnKind.empty, flags };
    case Seen.boolean:
      return { kind: ColumnKind.boolean, flags };
    case Seen.date:
      return { kind: ColumnKind.date, flags };
    case Seen.int:
      return { kind: intKind(least, most), flags };
    case Seen.text:
      return planText(cells, flags);
    default:
      return { kind: ColumnKind.float, flags };
  }
}

function intKind(least: number, most: number): ColumnPlan['kind'] {
  if (least >= -128 && most <= 127) return ColumnKind.int8;
  return least >= -32_768 && most <= 32_767 ? ColumnKind.int16 : ColumnKind.int32;
}

/** A dictionary when each text comes four times on average, and the texts are few. */
function planText(cells: readonly unknown[], flags: number): ColumnPlan {
  let texts = cells.length;
  if (flags !== 0) for (const cell of cells) if (typeof cell !== 'string') texts--;
  const limit = Math.min(MAX_DICTIONARY, Math.floor(texts / 4));
  const dictionary = new Map<string, number>();
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (typeof cell !== 'string' || dictionary.has(cell)) continue;
    if (dictionary.size === limit) return { kind: ColumnKind.text, flags };
    dictionary.set(cell, dictionary.size);
  }
  return { kind: ColumnKind.dictionary, flags, dictionary };
}
