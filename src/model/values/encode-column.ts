// Writes the cells of a column whose plan is not `any`: bitmaps of null and undefined, then the cells, one
// after the other, with a zero where there is none.

import type { ByteWriter } from './byte-writer.ts';
import type { ColumnPlan } from './column-plan.ts';
import { BLOCK_ROWS, BLOCK_UNITS, bitmapBytes, ColumnKind, HAS_NULL, HAS_UNDEFINED } from './format.ts';

const getTime = Date.prototype.getTime;

/** Writes bitmaps and cells; the type byte and the byte length are the caller's. */
export function writeColumn(writer: ByteWriter, cells: readonly unknown[], plan: ColumnPlan): void {
  if ((plan.flags & HAS_NULL) !== 0) writeBitmap(writer, cells, null);
  if ((plan.flags & HAS_UNDEFINED) !== 0) writeBitmap(writer, cells, undefined);
  switch (plan.kind) {
    case ColumnKind.boolean:
      writeBitmap(writer, cells, true);
      break;
    case ColumnKind.int8:
      writeInts(writer, cells, 1);
      break;
    case ColumnKind.int16:
      writeInts(writer, cells, 2);
      break;
    case ColumnKind.int32:
      writeInts(writer, cells, 4);
      break;
    case ColumnKind.float:
      writeFloats(writer, cells);
      break;
    case ColumnKind.date:
      writeFloats(
        writer,
        cells.map((cell) => (cell === null || cell === undefined ? 0 : getTime.call(cell as Date))),
      );
      break;
    case ColumnKind.text:
      writeBlocks(writer, cells);
      break;
    case ColumnKind.dictionary:
      writeDictionary(writer, cells, plan.dictionary!);
      break;
    default:
  }
}

function writeBitmap(writer: ByteWriter, cells: readonly unknown[], mark: unknown): void {
  const size = bitmapBytes(cells.length);
  writer.reserve(size);
  const { bytes } = writer;
  let at = writer.position;
  let byte = 0;
  for (let i = 0; i < cells.length; i++) {
    if (cells[i] === mark) byte |= 1 << (i & 7);
    if ((i & 7) === 7) {
      bytes[at++] = byte;
      byte = 0;
    }
  }
  if ((cells.length & 7) !== 0) bytes[at] = byte;
  writer.position += size;
}

function writeInts(writer: ByteWriter, cells: readonly unknown[], width: 1 | 2 | 4): void {
  writer.reserve(cells.length * width);
  const { bytes } = writer;
  let at = writer.position;
  for (let i = 0; i < cells.length; i++) {
    const cell = (cells[i] as number) | 0;
    bytes[at++] = cell;
    if (width === 1) continue;
    bytes[at++] = cell >> 8;
    if (width === 2) continue;
    bytes[at++] = cell >> 16;
    bytes[at++] = cell >> 24;
  }
  writer.position = at;
}

function writeFloats(writer: ByteWriter, cells: readonly unknown[]): void {
  writer.reserve(cells.length * 8);
  const { view } = writer;
  let at = writer.position;
  for (let i = 0; i < cells.length; i++, at += 8) {
    const cell = cells[i];
    const number = typeof cell === 'number' ? cell : 0;
    if (Number.isNaN(number)) {
      view.setUint32(at, 0, true);
      view.setUint32(at + 4, 0x7ff80000, true);
    } else {
      view.setFloat64(at, number, true);
    }
  }
  writer.position = at;
}

/** The widest of the numbers 0..most, in bytes. */
const widthOf = (most: number): 1 | 2 | 4 => (most < 256 ? 1 : most < 65_536 ? 2 : 4);

function writeBlocks(writer: ByteWriter, cells: readonly unknown[]): void {
  let from = 0;
  while (from < cells.length) {
    let text = '';
    let longest = 0;
    let to = from;
    for (; to < cells.length && to - from < BLOCK_ROWS; to++) {
      const cell = cells[to];
      if (typeof cell !== 'string') continue;
      if (text.length + cell.length > BLOCK_UNITS && to > from) break;
      text += cell;
      if (cell.length > longest) longest = cell.length;
    }
    const width = widthOf(longest);
    writer.varint(to - from);
    const formAt = writer.position;
    writer.reserve(6 + (to - from) * width);
    writer.position += 6;
    writeLengths(writer, cells, from, to, width);
    const textAt = writer.position;
    const form = writer.textBytes(text);
    writer.bytes[formAt] = form;
    writer.bytes[formAt + 1] = width;
    writer.view.setUint32(formAt + 2, writer.position - textAt, true);
    from = to;
  }
}

function writeLengths(
  writer: ByteWriter,
  cells: readonly unknown[],
  from: number,
  to: number,
  width: 1 | 2 | 4,
): void {
  const { bytes } = writer;
  let at = writer.position;
  for (let i = from; i < to; i++) {
    const cell = cells[i];
    const length = typeof cell === 'string' ? cell.length : 0;
    for (let shift = 0; shift < 8 * width; shift += 8) bytes[at++] = length >>> shift;
  }
  writer.position = at;
}

function writeDictionary(
  writer: ByteWriter,
  cells: readonly unknown[],
  dictionary: ReadonlyMap<string, number>,
): void {
  writer.varint(dictionary.size);
  for (const text of dictionary.keys()) writer.text(text);
  const numbers = new Array<number>(cells.length);
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    numbers[i] = typeof cell === 'string' ? dictionary.get(cell)! : 0;
  }
  writeInts(writer, numbers, dictionary.size > 256 ? 2 : 1);
}
