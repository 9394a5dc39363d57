import { describe, expect, it } from 'vitest';
import { withProjectPaths } from './side-files.ts';

const bytes = new Uint8Array([1]);

describe('data files chosen beside a project', () => {
  it('come under the path that the project gives them', () => {
    const text = JSON.stringify({ files: [{ path: 'data/flights.arrow' }] });
    expect(withProjectPaths(text, [{ path: 'flights.arrow', bytes }])).toEqual([
      { path: 'data/flights.arrow', bytes },
    ]);
  });

  it('keep their names when the project does not know them or cannot be read', () => {
    expect(withProjectPaths('{}', [{ path: 'a.csv', bytes }])[0]?.path).toBe('a.csv');
    expect(withProjectPaths('{ not json', [{ path: 'a.csv', bytes }])[0]?.path).toBe('a.csv');
    expect(withProjectPaths('{"files":[null,{"path":7}]}', [{ path: 'a.csv', bytes }])[0]?.path).toBe(
      'a.csv',
    );
  });
});
