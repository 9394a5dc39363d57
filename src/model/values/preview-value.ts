// A bounded tree of a stored value, for showing. Parts come breadth first, so that one large part does not use up
// all nodes; what is not shown is stepped over, not decoded.

import { ByteReader } from './byte-reader.ts';
import { ColumnReader } from './column-reader.ts';
import { describeAt } from './describe-value.ts';
import {
  ColumnKind,
  ERROR_HAS_CAUSE,
  ERROR_HAS_ERRORS,
  ERROR_HAS_MESSAGE,
  HEADER_BYTES,
  SMALL_INT,
  Tag,
} from './format.ts';
import { dateText, numberText, shorten } from './scalar-text.ts';
import { type SkipAllowance, skipValue } from './skip-value.ts';
import {
  inOrder,
  noteAt,
  openStoredValue,
  orderOfShape,
  readKeys,
  type StoredValue,
} from './stored-value.ts';
import { columnAt, readTableLayout } from './table-layout.ts';
import { mixedCellOffset } from './table-reader.ts';

/** A value or a part of one, as plain data. */
export interface PreviewNode {
  /** A kind of `ValueSummary`, or "entry" for an entry of a map whose key is not a scalar. */
  readonly kind: string;
  /** The key, index or map key under which it stands in its parent. */
  readonly key?: string;
  readonly text?: string;
  readonly count?: number;
  readonly columns?: number;
  readonly children?: readonly PreviewNode[];
  /** Some of its parts are not among the children. */
  readonly truncated?: true;
}

type Growing = { -readonly [K in keyof PreviewNode]: PreviewNode[K] } & { children?: Growing[] };
interface Waiting {
  readonly node: Growing;
  readonly offset: number;
}

const MAX_KEY = 80;
const SKIPPED_AT_MOST = 50_000;

/** The value and its parts, at most `maxNodes` of them; throws an Error on damaged bytes. */
export function previewValue(bytes: Uint8Array, options: { readonly maxNodes: number }): PreviewNode {
  return new Preview(openStoredValue(bytes), options.maxNodes).grow();
}

class Preview {
  private readonly stored: StoredValue;
  private readonly waiting: Waiting[] = [];
  private readonly allowance: SkipAllowance = { left: SKIPPED_AT_MOST };
  private left: number;

  constructor(stored: StoredValue, maxNodes: number) {
    this.stored = stored;
    this.left = Math.max(1, maxNodes);
  }

  grow(): PreviewNode {
    const root = this.nodeAt(HEADER_BYTES, undefined);
    for (let i = 0; i < this.waiting.length; i++) {
      const { node, offset } = this.waiting[i]!;
      this.expand(node, offset);
    }
    return root;
  }

  /** So many parts one container may show: half of what is left, so that others have a turn. */
  private share(): number {
    return this.left <= 8 ? this.left : Math.ceil(this.left / 2);
  }

  private readerAt(offset: number): ByteReader {
    return new ByteReader(this.stored.bytes, offset, this.stored.shapesAt);
  }

  private nodeAt(offset: number, key: string | undefined): Growing {
    const { shapes } = this.stored;
    const summary = describeAt(this.readerAt(offset), (shape) => shapes[shape]?.keys.length ?? 0);
    const node: Growing = key === undefined ? { ...summary } : { key: keyText(key), ...summary };
    this.left--;
    this.waiting.push({ node, offset });
    return node;
  }

  private addValue(parent: Growing, key: string, value: unknown): void {
    this.left--;
    parent.children!.push({ key: keyText(key), ...scalarNode(value) });
  }

  private expand(node: Growing, offset: number): void {
    const reader = this.readerAt(offset);
    const tag = reader.u8();
    if (this.left <= 0) {
      if (tag === Tag.error || (tag >= Tag.array && tag < SMALL_INT && node.count !== 0))
        node.truncated = true;
      return;
    }
    switch (tag) {
      case Tag.object:
      case Tag.nullObject: {
        const shape = this.stored.shapes[reader.varint()];
        if (shape) this.addKeyed(node, offset, reader, shape.keys, orderOfShape(this.stored, shape));
        break;
      }
      case Tag.bigObject:
      case Tag.nullBigObject:
        reader.u32();
        this.addKeyed(node, offset, reader, readKeys(reader), undefined);
        break;
      case Tag.error: {
        reader.u8();
        const flags = reader.u8();
        if ((flags & ERROR_HAS_MESSAGE) !== 0) reader.text();
        const held = (flags & ERROR_HAS_CAUSE) !== 0 ? ['cause'] : [];
        if ((flags & ERROR_HAS_ERRORS) !== 0) held.push('errors');
        if (held.length > 0) this.addKeyed(node, offset, reader, held, undefined);
        break;
      }
      case Tag.array:
      case Tag.longArray:
      case Tag.holeyArray:
      case Tag.set:
      case Tag.longSet:
        this.addItems(node, reader, tag);
        break;
      case Tag.map:
      case Tag.longMap:
        if (tag === Tag.longMap) reader.u32();
        this.addEntries(node, reader);
        break;
      case Tag.list:
        this.addList(node, reader);
        break;
      case Tag.table:
        this.addRows(node, offset, reader);
        break;
      default:
    }
  }

  private addKeyed(
    node: Growing,
    offset: number,
    reader: ByteReader,
    keys: readonly string[],
    usual: readonly number[] | undefined,
  ): void {
    const note = noteAt(this.stored, offset);
    const order = note < 0 ? usual : this.stored.orders?.orderOf(note, keys.length);
    const share = this.share();
    const offsets: number[] = [];
    // All parts are found before the first is shown: bytes list them in canonical order.
    while (offsets.length < keys.length) {
      offsets.push(reader.position);
      if (offsets.length < keys.length && !skipValue(reader, this.stored, this.allowance)) break;
    }
    node.children = [];
    for (const i of inOrder([...keys.keys()], order)) {
      if (node.children.length === share) break;
      if (i < offsets.length) node.children.push(this.nodeAt(offsets[i]!, keys[i]!));
    }
    if (node.children.length < keys.length) node.truncated = true;
  }

  private addItems(node: Growing, reader: ByteReader, tag: number): void {
    if (tag !== Tag.array && tag !== Tag.set) reader.u32();
    const count = reader.count(1);
    if (tag === Tag.holeyArray) reader.varint();
    const share = this.share();
    node.children = [];
    let index = 0;
    for (let i = 0; i < count && node.children.length < share; i++) {
      const child = this.nodeAt(reader.position, String(index));
      node.children.push(child);
      index += child.kind === 'empty' ? (child.count ?? 1) : 1;
      if (i < count - 1 && !skipValue(reader, this.stored, this.allowance)) break;
    }
    if (node.children.length < count) node.truncated = true;
  }

  private addEntries(node: Growing, reader: ByteReader): void {
    const count = reader.count(2);
    const share = this.share();
    node.children = [];
    for (let i = 0; i < count && node.children.length < share; i++) {
      const keyAt = reader.position;
      if (!skipValue(reader, this.stored, this.allowance)) break;
      const key = describeAt(this.readerAt(keyAt), () => 0);
      if (key.text !== undefined && key.kind !== 'error' && key.count === undefined) {
        node.children.push(this.nodeAt(reader.position, key.text));
      } else {
        if (this.left < 3) break;
        this.left--;
        const entry: Growing = { kind: 'entry', key: String(i), children: [] };
        entry.children!.push(this.nodeAt(keyAt, 'key'), this.nodeAt(reader.position, 'value'));
        node.children.push(entry);
      }
      if (i < count - 1 && !skipValue(reader, this.stored, this.allowance)) break;
    }
    if (node.children.length < count) node.truncated = true;
  }

  private addList(node: Growing, reader: ByteReader): void {
    const count = reader.varint();
    const type = reader.u8();
    const column = new ColumnReader(reader.bytes, columnAt(reader, type, reader.u32(), count), count);
    const shown = Math.min(count, this.share());
    const values = new Array<unknown>(shown);
    column.read(0, shown, values);
    node.children = [];
    for (let i = 0; i < shown; i++) this.addValue(node, String(i), values[i]);
    if (shown < count) node.truncated = true;
  }

  private addRows(node: Growing, offset: number, reader: ByteReader): void {
    const table = readTableLayout(reader);
    const { rowCount, keys, columns } = table;
    const note = noteAt(this.stored, offset);
    const order = note < 0 ? undefined : this.stored.orders?.orderOf(note, keys.length);
    const rows = Math.min(rowCount, Math.max(1, Math.floor(this.share() / (keys.length + 1))));
    const shown = inOrder([...keys.keys()], order).slice(0, this.left);
    const cells = shown.map((i) => {
      if (columns[i]!.kind === ColumnKind.any) return undefined;
      const values = new Array<unknown>(rows);
      new ColumnReader(reader.bytes, columns[i]!, rowCount).read(0, rows, values);
      return values;
    });
    node.children = [];
    for (let row = 0; row < rows && this.left > 0; row++) {
      const child: Growing = { key: String(row), kind: 'object', count: keys.length, children: [] };
      node.children.push(child);
      this.left--;
      shown.forEach((i, shownAt) => {
        if (this.left <= 0) return;
        const values = cells[shownAt];
        if (values) this.addValue(child, keys[i]!, values[row]);
        else
          child.children!.push(
            this.nodeAt(mixedCellOffset(reader.bytes, columns[i]!, rowCount, row), keys[i]!),
          );
      });
      if (child.children!.length < keys.length) child.truncated = true;
    }
    if (node.children.length < rowCount) node.truncated = true;
  }
}

const keyText = (key: string): string => (key.length > MAX_KEY ? shorten(key) : key);

function scalarNode(value: unknown): Growing {
  if (value === null) return { kind: 'null', text: 'null' };
  if (value instanceof Date) return { kind: 'date', text: dateText(value.getTime()) };
  if (typeof value === 'number') return { kind: 'number', text: numberText(value) };
  return { kind: typeof value, text: shorten(String(value)) };
}
