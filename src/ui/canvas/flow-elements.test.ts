import { describe, expect, it } from 'vitest';
import { type Asset, emptyDocument, type ProjectDocument } from '#model/document.ts';
import { buildGraph } from '#model/graph.ts';
import { asAssetId } from '#model/ids.ts';
import { createEdgeDeriver, createNodeDeriver, edgeId, pathThrough } from './flow-elements.ts';

const asset = (key: string, inputs: readonly string[] = [], deps: readonly string[] = []): Asset => ({
  id: asAssetId(key),
  kind: 'asset',
  key,
  position: { x: 0, y: 0 },
  body: `export default function ${key}({ ${inputs.join(', ')} }) {}`,
  ...(deps.length > 0 ? { deps } : {}),
});

function documentOf(...assets: Asset[]): ProjectDocument {
  return { ...emptyDocument('test'), assets: new Map(assets.map((one) => [one.id, one])) };
}

const id = asAssetId;
const none = new Set<never>();
const still = new Map<never, never>();

describe('nodes', () => {
  it('come upstream first', () => {
    const document = documentOf(asset('c', ['b']), asset('b', ['a']), asset('a'));
    const nodes = createNodeDeriver()(document, buildGraph(document), none, still, 'all');
    expect(nodes.map((node) => node.id)).toEqual(['a', 'b', 'c']);
  });

  it('keep their identity unless they themselves change', () => {
    const derive = createNodeDeriver();
    const before = documentOf(asset('a'), asset('b', ['a']));
    const first = derive(before, buildGraph(before), none, still, 'all');
    const after = documentOf({ ...asset('a'), description: 'said' }, asset('b', ['a']));
    expect(derive(after, buildGraph(after), none, still, 'all')).toBe(first);
    const selected = derive(after, buildGraph(after), new Set([id('b')]), still, 'all');
    expect(selected[0]).toBe(first[0]);
    expect(selected[1]).not.toBe(first[1]);
  });

  it('stand where they are being moved to', () => {
    const document = documentOf(asset('a'));
    const moving = new Map([[id('a'), { x: 8, y: 16 }]]);
    const [node] = createNodeDeriver()(document, buildGraph(document), none, moving, 'all');
    expect(node?.position).toEqual({ x: 8, y: 16 });
  });
});

describe('edges', () => {
  it('are one for each pair, value or order', () => {
    const document = documentOf(asset('a'), asset('b'), asset('c', ['a'], ['a', 'b']));
    const edges = createEdgeDeriver()(buildGraph(document), undefined);
    expect(edges.map((edge) => [edge.source, edge.target, edge.data?.kind])).toEqual([
      ['a', 'c', 'value'],
      ['b', 'c', 'order'],
    ]);
  });

  it('light up on the whole path of an asset, and nowhere else', () => {
    const document = documentOf(asset('a'), asset('b', ['a']), asset('c', ['b']), asset('side', ['a']));
    expect(pathThrough(buildGraph(document), id('b'))).toEqual(
      new Set([edgeId(id('a'), id('b')), edgeId(id('b'), id('c'))]),
    );
  });
});
