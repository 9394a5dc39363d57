// What a selection says, as a tree; and the tree as text again.

/** How many layers of a traversal. */
export type Depth = number | 'all';

export type SelectionNode =
  | { readonly type: 'all' }
  /** One asset by its user string, where an unknown one is a mistake. */
  | { readonly type: 'named'; readonly key: string }
  /** Assets whose user string fits the pattern; `*` stands for any run of characters. */
  | { readonly type: 'key'; readonly pattern: string }
  /** An empty `value` asks for a tag with an empty value; a null `name` for assets without tags. */
  | { readonly type: 'tag'; readonly name: string | null; readonly value: string }
  | { readonly type: 'owner'; readonly owner: string | null }
  /** `*` stands for any run of characters. */
  | { readonly type: 'group'; readonly group: string | null }
  | { readonly type: 'kind'; readonly kind: string | null }
  | { readonly type: 'is'; readonly what: 'external' | 'materializable' }
  | { readonly type: 'not'; readonly of: SelectionNode }
  | { readonly type: 'and' | 'or'; readonly operands: readonly SelectionNode[] }
  | { readonly type: 'sinks' | 'roots'; readonly of: SelectionNode }
  /** `of` with its upstream, its downstream, or both. */
  | { readonly type: 'traverse'; readonly of: SelectionNode; readonly up?: Depth; readonly down?: Depth };

/**
 * The selection as text that `parseSelection` reads back to the same tree (a named key becomes `key:"…"`).
 * Values are always quoted, as Dagster writes them; they must hold no quote, backslash or line break.
 */
export function printSelection(node: SelectionNode): string {
  switch (node.type) {
    case 'all':
      return '*';
    case 'named':
      return `key:"${node.key}"`;
    case 'key':
      return `key:"${node.pattern}"`;
    case 'tag':
      return `tag:${printValue(node.name)}${node.value === '' ? '' : `="${node.value}"`}`;
    case 'owner':
      return `owner:${printValue(node.owner)}`;
    case 'group':
      return `group:${printValue(node.group)}`;
    case 'kind':
      return `kind:${printValue(node.kind)}`;
    case 'is':
      return `is:${node.what}`;
    case 'not':
      return `not ${operand(node.of, ['and', 'or'])}`;
    case 'and':
      return node.operands.map((item) => operand(item, ['and', 'or'])).join(' and ');
    case 'or':
      return node.operands.map((item) => operand(item, ['or'])).join(' or ');
    case 'sinks':
    case 'roots':
      return `${node.type}(${printSelection(node.of)})`;
    case 'traverse': {
      const up = node.up === undefined ? '' : `${printDepth(node.up)}+`;
      const down = node.down === undefined ? '' : `+${printDepth(node.down)}`;
      return `${up}${operand(node.of, ['and', 'or', 'not', 'all', 'traverse'])}${down}`;
    }
  }
}

const printValue = (value: string | null): string => (value === null ? '<null>' : `"${value}"`);
const printDepth = (depth: Depth): string => (depth === 'all' ? '' : String(depth));

function operand(node: SelectionNode, looser: readonly SelectionNode['type'][]): string {
  const text = printSelection(node);
  return looser.includes(node.type) ? `(${text})` : text;
}
