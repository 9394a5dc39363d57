// Finds the shape (set of keys) and the display order of an object from its keys, without sorting them again
// for every object: a trie over keys in display order, kept between values.

import { type KeyLayout, layoutOfKeys } from './key-order.ts';

/** A set of keys, and its number in the value being written. */
export interface Shape {
  readonly keys: readonly string[];
  /** The value for which `id` holds. */
  epoch: number;
  id: number;
  /** The display order of the first object of this shape in the value. */
  firstLayout: ShapeLayout;
}

/** A shape with its keys in one display order. */
interface ShapeLayout {
  readonly shape: Shape;
  readonly order: KeyLayout['order'];
}

/** Beyond so many nodes the trie starts again at the next value. */
const KEPT_NODES = 20_000;

class TrieNode {
  layout: ShapeLayout | undefined = undefined;
  lastKey = '';
  lastChild: TrieNode | undefined = undefined;
  children: Map<string, TrieNode> | undefined = undefined;
}

export class ShapeTrie {
  private root = new TrieNode();
  private nodes = 0;

  /** Forgets the shapes of earlier values when they have become many. */
  trim(): void {
    if (this.nodes <= KEPT_NODES) return;
    this.root = new TrieNode();
    this.nodes = 0;
  }

  /** The layout of an object with these keys, in this display order. */
  find(names: readonly string[]): ShapeLayout {
    let node = this.root;
    for (let i = 0; i < names.length; i++) {
      const name = names[i]!;
      node = node.lastChild !== undefined && node.lastKey === name ? node.lastChild : this.child(node, name);
    }
    node.layout ??= this.layoutFor(names, node);
    return node.layout;
  }

  private child(node: TrieNode, name: string): TrieNode {
    node.children ??= new Map();
    let child = node.children.get(name);
    if (child === undefined) {
      child = new TrieNode();
      node.children.set(name, child);
      this.nodes++;
    }
    node.lastKey = name;
    node.lastChild = child;
    return child;
  }

  private layoutFor(names: readonly string[], node: TrieNode): ShapeLayout {
    const { keys, order } = layoutOfKeys(names);
    if (order !== undefined) return { shape: this.find(keys).shape, order };
    const shape = { keys, epoch: 0, id: 0 } as Omit<Shape, 'firstLayout'> as Shape;
    const layout: ShapeLayout = { shape, order: undefined };
    shape.firstLayout = layout;
    node.layout = layout;
    return layout;
  }
}
