// One level of the encoder's own stack, and what the path to its current value is called.

import { Holes } from './own-properties.ts';
import { keySegment } from './value-error.ts';

const NOTHING: readonly never[] = [];

export type Step = 'items' | 'keys' | 'map' | 'set' | 'table' | 'column';

/** A container being written: the values it still has to write, and what the path to them is called. */
export class Frame {
  step: Step = 'items';
  items: readonly unknown[] = [];
  /** The next of `items`; of a table, the next column. */
  index = 0;
  keys: readonly string[] = [];
  /** Where the byte length goes, or 0. */
  lengthAt = 0;
  /** Of a column: where the offsets of its cells go, and what they count from. */
  offsetsAt = 0;
  cellsAt = 0;
  /** Of a table: its cells by column. */
  columns: readonly unknown[][] = [];
  /** Of a column: the objects that its cells belong to. */
  rows: readonly unknown[] = [];

  /** Lets go of the value once it is written. */
  clear(): void {
    this.items = this.rows = this.columns = this.keys = NOTHING;
  }
}

/** The part of a path that names the value a frame is writing. */
export function segmentOf(frame: Frame): string {
  const i = frame.index - 1;
  if (i < 0) return '';
  switch (frame.step) {
    case 'items': {
      let index = 0;
      for (const item of frame.items.slice(0, i)) index += Holes.is(item) ? item.count : 1;
      return `[${index}]`;
    }
    case 'keys':
      return keySegment(frame.keys[i]!);
    case 'map':
      return i % 2 === 0 ? `<key ${i / 2}>` : `<value ${(i - 1) / 2}>`;
    case 'set':
      return `<item ${i}>`;
    case 'column':
      return `[${i}]${keySegment(frame.keys[0]!)}`;
    default:
      return '';
  }
}
