// Gives any run of cells of a column whose kind is not `any`, decoding no more than the block it lies in.

import { ByteReader } from './byte-reader.ts';
import { bitmapBytes, ColumnKind, HAS_NULL, HAS_UNDEFINED, Tag, type TextForm } from './format.ts';
import { bitmapCount, CELL_BYTES, type ColumnLayout } from './table-layout.ts';
import { CorruptValueError } from './value-error.ts';

interface Block {
  readonly firstRow: number;
  readonly endRow: number;
  readonly width: number;
  readonly form: TextForm;
  readonly lengthsAt: number;
  readonly textAt: number;
  readonly textBytes: number;
}

const damaged = () => new CorruptValueError('a column of it is damaged');

export class ColumnReader {
  private readonly reader: ByteReader;
  private readonly kind: number;
  private readonly flags: number;
  private readonly bitmapsAt: number;
  private readonly bitmapSize: number;
  private readonly cellsAt: number;
  private readonly dictionary: readonly string[] = [];
  private readonly blocks: readonly Block[] = [];
  /** The block decoded last: its text, and where in it each cell ends. */
  private block: Block | undefined = undefined;
  private text = '';
  private ends = new Uint32Array(0);

  constructor(bytes: Uint8Array, layout: ColumnLayout, rowCount: number) {
    this.reader = new ByteReader(bytes, layout.start, layout.end);
    this.kind = layout.kind;
    this.flags = layout.flags;
    this.bitmapsAt = layout.start;
    this.bitmapSize = bitmapBytes(rowCount);
    this.reader.skip(this.bitmapSize * bitmapCount(layout.flags));
    if (layout.kind === ColumnKind.dictionary) {
      this.dictionary = readDictionary(this.reader);
    } else if (layout.kind === ColumnKind.text) {
      this.blocks = readBlocks(this.reader, rowCount);
    }
    this.cellsAt = this.reader.position;
    if (layout.end - this.cellsAt !== this.cellsSize(rowCount)) throw damaged();
  }

  private cellsSize(rowCount: number): number {
    if (this.kind === ColumnKind.boolean) return this.bitmapSize;
    if (this.kind === ColumnKind.dictionary) return rowCount * this.numberWidth();
    return rowCount * (CELL_BYTES[this.kind] ?? 0);
  }

  private numberWidth(): 1 | 2 {
    return this.dictionary.length > 256 ? 2 : 1;
  }

  /** Puts the cells of the rows from..to into `out`, from its start. */
  read(from: number, to: number, out: unknown[]): void {
    this.readCells(from, to, out);
    let bitmapAt = this.bitmapsAt;
    if ((this.flags & HAS_NULL) !== 0) {
      this.mark(bitmapAt, from, to, null, out);
      bitmapAt += this.bitmapSize;
    }
    if ((this.flags & HAS_UNDEFINED) !== 0) this.mark(bitmapAt, from, to, undefined, out);
  }

  private mark(bitmapAt: number, from: number, to: number, mark: null | undefined, out: unknown[]): void {
    const { bytes } = this.reader;
    for (let row = from; row < to; row++) {
      if ((bytes[bitmapAt + (row >> 3)]! & (1 << (row & 7))) !== 0) out[row - from] = mark;
    }
  }

  private readCells(from: number, to: number, out: unknown[]): void {
    const { bytes } = this.reader;
    const count = to - from;
    const at = this.cellsAt;
    switch (this.kind) {
      case ColumnKind.boolean:
        for (let row = from; row < to; row++) {
          out[row - from] = (bytes[at + (row >> 3)]! & (1 << (row & 7))) !== 0;
        }
        break;
      case ColumnKind.int8:
        for (let i = 0; i < count; i++) out[i] = (bytes[at + from + i]! << 24) >> 24;
        break;
      case ColumnKind.int16: {
        const { view } = this.reader;
        for (let i = 0; i < count; i++) out[i] = view.getInt16(at + 2 * (from + i), true);
        break;
      }
      case ColumnKind.int32: {
        const { view } = this.reader;
        for (let i = 0; i < count; i++) out[i] = view.getInt32(at + 4 * (from + i), true);
        break;
      }
      case ColumnKind.float: {
        const { view } = this.reader;
        for (let i = 0; i < count; i++) out[i] = view.getFloat64(at + 8 * (from + i), true);
        break;
      }
      case ColumnKind.date: {
        const { view } = this.reader;
        for (let i = 0; i < count; i++) out[i] = new Date(view.getFloat64(at + 8 * (from + i), true));
        break;
      }
      case ColumnKind.text:
        this.readTexts(from, to, out);
        break;
      case ColumnKind.dictionary:
        this.readNumbered(from, count, out);
        break;
      default:
        out.fill(undefined, 0, count);
    }
  }

  private readNumbered(from: number, count: number, out: unknown[]): void {
    const { dictionary } = this;
    const { bytes } = this.reader;
    const wide = this.numberWidth() === 2;
    for (let i = 0; i < count; i++) {
      const at = this.cellsAt + (from + i) * (wide ? 2 : 1);
      const number = wide ? bytes[at]! | (bytes[at + 1]! << 8) : bytes[at]!;
      if (number >= dictionary.length) throw damaged();
      out[i] = dictionary[number];
    }
  }

  private readTexts(from: number, to: number, out: unknown[]): void {
    let row = from;
    while (row < to) {
      let block = this.block;
      if (block === undefined || row < block.firstRow || row >= block.endRow) block = this.openBlock(row);
      const { text, ends } = this;
      const stop = Math.min(to, block.endRow);
      let start = row === block.firstRow ? 0 : ends[row - block.firstRow - 1]!;
      for (; row < stop; row++) {
        const end = ends[row - block.firstRow]!;
        out[row - from] = text.substring(start, end);
        start = end;
      }
    }
  }

  private openBlock(row: number): Block {
    let low = 0;
    let high = this.blocks.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.blocks[middle]!.endRow <= row) low = middle + 1;
      else high = middle;
    }
    const block = this.blocks[low]!;
    const { bytes } = this.reader;
    const ends = new Uint32Array(block.endRow - block.firstRow);
    let end = 0;
    for (let i = 0; i < ends.length; i++) {
      const at = block.lengthsAt + i * block.width;
      let length = bytes[at]!;
      if (block.width > 1) length |= bytes[at + 1]! << 8;
      if (block.width > 2) length = (length | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
      end += length;
      ends[i] = end;
    }
    this.reader.position = block.textAt;
    this.text = this.reader.textBytes(block.form, block.textBytes);
    if (this.text.length !== end) throw damaged();
    this.ends = ends;
    this.block = block;
    return block;
  }
}

function readDictionary(reader: ByteReader): string[] {
  const texts: string[] = [];
  for (let count = reader.count(1); count > 0; count--) texts.push(reader.text());
  if (texts.length === 0) throw damaged();
  return texts;
}

function readBlocks(reader: ByteReader, rowCount: number): Block[] {
  const blocks: Block[] = [];
  let firstRow = 0;
  while (firstRow < rowCount) {
    const rows = reader.varint();
    const form = reader.u8();
    const width = reader.u8();
    const textBytes = reader.u32();
    const endRow = firstRow + rows;
    const known = form === Tag.ascii || form === Tag.utf8 || form === Tag.utf16;
    if (rows === 0 || endRow > rowCount || !known || (width !== 1 && width !== 2 && width !== 4)) {
      throw damaged();
    }
    const lengthsAt = reader.skip(rows * width);
    const textAt = reader.skip(textBytes);
    blocks.push({ firstRow, endRow, width, form, lengthsAt, textAt, textBytes });
    firstRow = endRow;
  }
  return blocks;
}
