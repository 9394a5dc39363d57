// Which assets a selection means (reference §6.2). Every traversal is breadth-first and linear in the graph.

import type { Depth, SelectionNode } from './selection-node.ts';

/** What a selection asks about one asset. */
export interface SelectableAsset {
  /** The group's name; `default` when none was given. */
  readonly group: string;
  readonly kinds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** E-mail addresses and `team:name`. */
  readonly owners: readonly string[];
  /** It can be depended on, not materialized. */
  readonly isExternal: boolean;
}

/** The graph that a selection is asked of. Keys are user strings; the three functions take only keys of `keys`. */
export interface SelectionGraph {
  readonly keys: Iterable<string>;
  of(key: string): SelectableAsset;
  upstream(key: string): Iterable<string>;
  downstream(key: string): Iterable<string>;
  /** The keys that are always materialized together with this one; none when left out. */
  executionSet?(key: string): Iterable<string>;
}

export interface EvaluateOptions {
  /**
   * Are external assets part of `*` and of what `not`, `group:`, `kind:` and `tag:` find? In Dagster's app they
   * are, in Python they are not unless asked for. True by default.
   */
  readonly includeExternal?: boolean;
  /** Are they part of an upstream? Never in Python. By default as `includeExternal` says. */
  readonly includeExternalUpstream?: boolean;
}

/** The keys that a selection means; keys that no asset has are passed over. Never throws. */
export function evaluateSelection(
  node: SelectionNode,
  graph: SelectionGraph,
  { includeExternal = true, includeExternalUpstream = includeExternal }: EvaluateOptions = {},
): Set<string> {
  const all = new Set(graph.keys);
  const canBePart = (key: string) => includeExternal || !graph.of(key).isExternal;
  const canBeUpstream = (key: string) => includeExternalUpstream || !graph.of(key).isExternal;
  const having = (test: (asset: SelectableAsset, key: string) => boolean, anyAsset = false) =>
    filter(all, (key) => (anyAsset || canBePart(key)) && test(graph.of(key), key));

  const evaluate = (part: SelectionNode): Set<string> => {
    switch (part.type) {
      case 'all':
        return filter(all, canBePart);
      case 'named':
        return new Set(all.has(part.key) ? [part.key] : []);
      case 'key':
        return having(
          matcher(part.pattern, (_asset, key) => key),
          true,
        );
      case 'group':
        return part.group === null ? new Set() : having(matcher(part.group, (asset) => asset.group));
      case 'kind':
        return having(({ kinds }) => (part.kind === null ? kinds.length === 0 : kinds.includes(part.kind)));
      case 'owner':
        return having(({ owners }) => hasOwner(owners, part.owner), true);
      case 'tag':
        return having((asset) => hasTag(asset, part.name, part.value));
      case 'is':
        return having((asset) => asset.isExternal === (part.what === 'external'), true);
      case 'not':
        return difference(filter(all, canBePart), evaluate(part.of));
      case 'and':
        return part.operands.map(evaluate).reduce((left, right) => filter(left, (key) => right.has(key)));
      case 'or':
        return new Set(part.operands.flatMap((item) => [...evaluate(item)]));
      case 'sinks':
        return outermost(evaluate(part.of), graph, 'downstream');
      case 'roots':
        return outermost(evaluate(part.of), graph, 'upstream');
      case 'traverse': {
        const of = evaluate(part.of);
        const up = part.up === undefined ? [] : filter(reach(of, graph, 'upstream', part.up), canBeUpstream);
        const down = part.down === undefined ? [] : reach(of, graph, 'downstream', part.down);
        return new Set([...up, ...down]);
      }
    }
  };
  return evaluate(node);
}

/** The keys and what lies up to `depth` layers up or down from them. */
export function reach(
  keys: ReadonlySet<string>,
  graph: SelectionGraph,
  direction: 'upstream' | 'downstream',
  depth: Depth,
): Set<string> {
  const found = new Set(keys);
  let layer: readonly string[] = [...keys];
  for (let i = 0; layer.length > 0 && (depth === 'all' || i < depth); i++) {
    const next: string[] = [];
    for (const key of layer)
      for (const neighbour of graph[direction](key)) {
        if (found.has(neighbour)) continue;
        found.add(neighbour);
        next.push(neighbour);
      }
    layer = next;
  }
  return found;
}

/**
 * The keys from which no other of the keys can be reached in `direction`, not even by way of assets that are
 * none of them: the sinks of the keys (`downstream`) or their roots (`upstream`).
 */
export function outermost(
  keys: ReadonlySet<string>,
  graph: SelectionGraph,
  direction: 'upstream' | 'downstream',
): Set<string> {
  const back = direction === 'downstream' ? 'upstream' : 'downstream';
  const before = new Set<string>();
  // An asset that depends on itself is not before itself.
  for (const key of keys)
    for (const neighbour of graph[back](key)) if (neighbour !== key) before.add(neighbour);
  return difference(keys, reach(before, graph, back, 'all'));
}

/** The keys of a tree that stand for one asset each and are none of the graph's, in the order of the text. */
export function unknownKeys(node: SelectionNode, graph: SelectionGraph): readonly string[] {
  const all = new Set(graph.keys);
  const unknown = new Set<string>();
  const visit = (part: SelectionNode): void => {
    if (part.type === 'named' && !all.has(part.key)) unknown.add(part.key);
    if ('of' in part) visit(part.of);
    if ('operands' in part) part.operands.forEach(visit);
  };
  visit(node);
  return [...unknown];
}

/** Does the whole text fit the pattern, in which `*` stands for any run of characters? */
export function fitsPattern(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return text === pattern;
  const last = rest.pop()!;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  // Each piece at its first place after the one before: linear, where a regular expression may take ages.
  let from = first.length;
  const end = text.length - last.length;
  for (const piece of rest) {
    const at = text.indexOf(piece, from);
    if (at < 0 || at + piece.length > end) return false;
    from = at + piece.length;
  }
  return true;
}

const matcher =
  (pattern: string, textOf: (asset: SelectableAsset, key: string) => string) =>
  (asset: SelectableAsset, key: string): boolean =>
    fitsPattern(pattern, textOf(asset, key));

// The app's texts say `team:eng`, its filters the bare name of a team; both are asked for in the wild.
const hasOwner = (owners: readonly string[], owner: string | null): boolean =>
  owner === null ? owners.length === 0 : owners.includes(owner) || owners.includes(`team:${owner}`);

const kindTag = 'dagster/kind/';

function hasTag({ tags, kinds }: SelectableAsset, name: string | null, value: string): boolean {
  if (name === null) return Object.keys(tags).length === 0 && kinds.length === 0;
  if (name.startsWith(kindTag) && value === '' && kinds.includes(name.slice(kindTag.length))) return true;
  return Object.hasOwn(tags, name) && tags[name] === value;
}

const filter = (keys: ReadonlySet<string>, test: (key: string) => boolean): Set<string> =>
  new Set([...keys].filter(test));
const difference = (keys: ReadonlySet<string>, others: ReadonlySet<string>): Set<string> =>
  filter(keys, (key) => !others.has(key));
