// Plain data (JSON values, and undefined) to a stream of tokens. Equal strings are written once, and so
// are equal lists of keys: thousands of events of one shape cost little more than what differs in them.

import { ByteWriter } from './byte-writer.ts';

/** The low three bits of a token; the bits above hold a number. */
export const Token = {
  /** Number of a string. */
  string: 0,
  /** Number of a shape; the values follow in the order of its keys. */
  object: 1,
  /** Length; the items follow. */
  array: 2,
  integer: 3,
  negative: 4,
  /** Eight bytes follow. */
  float: 5,
  /** An index into CONSTANTS. */
  constant: 6,
  /** An object of more than MAX_SHAPE_KEYS keys: their count, then key string and value in turn. */
  wide: 7,
} as const;
export const CONSTANTS = [null, true, false, undefined] as const;
export const MAX_SHAPE_KEYS = 64;

/** The largest number a token can hold. */
const MAX_INLINE = 2 ** 28 - 1;

/** A node of the tree of key lists: the keys on the way from the root are a shape. */
interface ShapeNode {
  readonly id: number;
  readonly children: Map<string, ShapeNode>;
  lastKey: string | undefined;
  lastChild: ShapeNode | undefined;
  /** The string written here last, which is often the next one too. */
  lastText: string | undefined;
  lastTextId: number;
  /** New strings met here less those known before: ids and hashes drive it up. */
  novelty: number;
}

/** From this novelty on, a string is compared only with the latest few, not with all. */
const NOVEL = 64;
const RECENT = 8;
/** A node with as many children gets no more: their keys are data, such as asset names. */
const CROWDED = 64;

export class PlainEncoder {
  readonly body = new ByteWriter(4096);
  /** Each shape but the empty one: its parent's number and its last key's string number. */
  readonly shapes = new ByteWriter();
  shapeCount = 1;
  readonly strings: string[] = [];
  private readonly stringIds = new Map<string, number>();
  private readonly recent: string[] = new Array<string>(RECENT).fill('');
  private readonly recentIds: number[] = new Array<number>(RECENT).fill(-1);
  private recentAt = 0;
  private readonly root: ShapeNode = shapeNode(0);
  private readonly wideKeys: ShapeNode = shapeNode(0);
  private readonly wideValues: ShapeNode = shapeNode(0);

  write(value: unknown): void {
    this.writeAt(value, this.root);
  }

  private writeAt(value: unknown, place: ShapeNode): void {
    if (typeof value === 'string') this.body.varint(this.stringId(value, place) << 3);
    else if (typeof value === 'number') this.writeNumber(value);
    else if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) {
        this.body.varint((value.length << 3) | Token.array);
        for (const item of value) this.writeAt(item, place);
      } else this.writeObject(value as Record<string, unknown>);
    } else {
      const constant = CONSTANTS.indexOf(value as true);
      if (constant < 0) throw new TypeError(`A ${typeof value} cannot be stored`);
      this.body.varint((constant << 3) | Token.constant);
    }
  }

  private writeNumber(value: number): void {
    if (value >= -MAX_INLINE && value <= MAX_INLINE && (value | 0) === value && !Object.is(value, -0)) {
      this.body.varint(((value < 0 ? -value : value) << 3) | (value < 0 ? Token.negative : Token.integer));
    } else {
      this.body.varint(Token.float);
      this.body.float64(value);
    }
  }

  private writeObject(object: Record<string, unknown>): void {
    let node = this.root;
    let count = 0;
    for (const key in object) {
      count += 1;
      const next = node.lastKey === key ? node.lastChild : this.child(node, key);
      if (!next || count > MAX_SHAPE_KEYS) {
        this.writeWide(object);
        return;
      }
      node = next;
    }
    this.body.varint((node.id << 3) | Token.object);
    node = this.root;
    for (const key in object) {
      node = (node.lastKey === key ? node.lastChild : this.child(node, key))!;
      this.writeAt(object[key], node);
    }
  }

  private writeWide(object: Record<string, unknown>): void {
    const keys = Object.keys(object);
    this.body.varint((keys.length << 3) | Token.wide);
    for (const key of keys) {
      this.body.varint(this.stringId(key, this.wideKeys));
      this.writeAt(object[key], this.wideValues);
    }
  }

  /** Undefined when the key is new and the parent crowded. */
  private child(parent: ShapeNode, key: string): ShapeNode | undefined {
    let node = parent.children.get(key);
    if (!node) {
      if (parent.children.size >= CROWDED) return undefined;
      node = shapeNode(this.shapeCount);
      this.shapeCount += 1;
      parent.children.set(key, node);
      this.shapes.varint(parent.id);
      this.shapes.varint(this.stringId(key, node));
    }
    parent.lastKey = key;
    parent.lastChild = node;
    return node;
  }

  private stringId(text: string, place: ShapeNode): number {
    if (place.lastText === text) return place.lastTextId;
    const id = place.novelty < NOVEL ? this.sharedId(text, place) : this.recentId(text);
    place.lastText = text;
    place.lastTextId = id;
    return id;
  }

  private sharedId(text: string, place: ShapeNode): number {
    let id = this.stringIds.get(text);
    if (id !== undefined) {
      place.novelty -= 1;
      return id;
    }
    place.novelty += 1;
    id = this.append(text);
    this.stringIds.set(text, id);
    return id;
  }

  /** Finds repetitions within an event, such as a step's key that is its asset's, without a look-up table. */
  private recentId(text: string): number {
    for (let index = 0; index < RECENT; index += 1) {
      if (this.recent[index] === text) return this.recentIds[index]!;
    }
    return this.append(text);
  }

  private append(text: string): number {
    const id = this.strings.length;
    this.strings.push(text);
    this.recent[this.recentAt] = text;
    this.recentIds[this.recentAt] = id;
    this.recentAt = (this.recentAt + 1) % RECENT;
    return id;
  }
}

const shapeNode = (id: number): ShapeNode => ({
  id,
  children: new Map(),
  lastKey: undefined,
  lastChild: undefined,
  lastText: undefined,
  lastTextId: 0,
  novelty: 0,
});
