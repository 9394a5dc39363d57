import { describe, expect, it } from 'vitest';
import { encodeValue } from './encode-value.ts';
import { type PreviewNode, previewValue } from './preview-value.ts';

function encoded(value: unknown): Uint8Array {
  const result = encodeValue(value);
  if (!result.ok) throw new Error(`${result.error.path} ${result.error.reason}`);
  return result.value;
}

const preview = (value: unknown, maxNodes: number) => previewValue(encoded(value), { maxNodes });

const size = (node: PreviewNode): number =>
  1 + (node.children ?? []).reduce((sum, child) => sum + size(child), 0);

const line = (node: PreviewNode): string =>
  `${node.key ?? ''}:${node.kind}${node.text === undefined ? '' : ` ${node.text}`}${node.truncated ? '…' : ''}${
    node.children ? `(${node.children.map(line).join(', ')})` : ''
  }`;

describe('previewValue', () => {
  it('shows a small value whole, keys in display order', () => {
    expect(line(preview({ b: [1, { z: 'x', y: null }], a: new Date(0) }, 100))).toBe(
      ':object(b:array(0:number 1, 1:object(z:string x, y:null null)), a:date 1970-01-01T00:00:00.000Z)',
    );
  });

  it('shows holes, maps, sets, errors and tables', () => {
    const holes = [1];
    holes[3] = 2;
    expect(line(preview(holes, 100))).toBe(':array(0:number 1, 1:empty, 3:number 2)');
    expect(
      line(
        preview(
          new Map<unknown, unknown>([
            ['k', 1],
            [[1], 2],
          ]),
          100,
        ),
      ),
    ).toBe(':map(k:number 1, 1:entry(key:array(0:number 1), value:number 2))');
    expect(line(preview(new Set(['a']), 100))).toBe(':set(0:string a)');
    expect(line(preview(new Error('e', { cause: [1] }), 100))).toBe(
      ':error Error: e(cause:array(0:number 1))',
    );
    expect(line(preview([{ b: 1, a: [2] }], 100))).toBe(':table(0:object(b:number 1, a:array(0:number 2)))');
    expect(line(preview(new Array(20).fill(null), 4))).toBe(':array…(0:null null, 1:null null, 2:null null)');
  });

  it('stays within its bound, whatever the value', () => {
    const wide = Array.from({ length: 100_000 }, (_, i) => (i % 2 ? [i] : { [`k${i % 9}`]: { i } }));
    let deep: unknown = 1;
    for (let i = 0; i < 3000; i++) deep = { a: deep, b: [deep === 1] };
    const many = Object.fromEntries(wide.map((item, i) => [`key ${i}`, item]));
    const table = wide.map((item, i) => ({ item, i, more: new Map([[item, 1]]) }));
    for (const value of [wide, deep, many, table, { wide, deep, many, table }]) {
      const bytes = encoded(value);
      for (const maxNodes of [1, 2, 10, 200]) {
        const node = previewValue(bytes, { maxNodes });
        expect(size(node)).toBeLessThanOrEqual(maxNodes);
        expect(maxNodes === 1 ? node.truncated : true).toBe(true);
      }
    }
  });

  it('gives later parts a turn beside a large first one', () => {
    const node = preview({ a: Array.from({ length: 1000 }, (_, i) => [i]), b: { c: 'seen' } }, 40);
    expect(line(node)).toContain('b:object(c:string seen)');
  });
});
