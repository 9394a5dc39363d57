import { expect, test } from 'vitest';
import { ok } from '#base/result.ts';
import { compileBody } from './compile-body.ts';
import { literalKeys, scratchBody } from './scratch-body.ts';

const made = (source: string, keys: readonly string[] = []) => {
  const result = scratchBody(source, keys, ok);
  return result.ok ? result.value : result.error;
};

test('keys that are written out are known before lines run', () => {
  expect(literalKeys(`await load('a'); load("raw/b"); load(\`c\`); load(name); download('d')`)).toEqual([
    'a',
    'raw/b',
    'c',
  ]);
});

test('lines are a body that compiles, on the lines they were written on', () => {
  for (const source of [
    '1 + 1',
    'const a = 1;\na;',
    "import { ascending } from 'd3-array';\nascending(1, 2)",
    '',
    '// nothing',
    'return 3',
  ]) {
    const result = scratchBody(source, ['raw/orders'], ok);
    if (!result.ok) throw new Error(result.error.message);
    expect(compileBody(result.value.body, ok), source).toMatchObject({ ok: true });
    expect(result.value.ins).toEqual({ __value0: 'raw/orders' });
    const lines = result.value.body.split('\n');
    for (const [index, line] of source.split('\n').entries())
      if (!line.startsWith('import') && line !== '')
        expect(lines[index]).toContain(line.replace(/;$/, '').replace(/^(1 \+ 1|a|asc.*)$/, 'return ($1)'));
  }
});

test('what cannot be read is said with its place', () => {
  expect(made('const a = 1;\nconst = 2')).toMatchObject({ line: 2 });
  expect(made('1;\nexport const a = 1')).toEqual({
    message: 'Nothing is exported from the scratchpad.',
    line: 2,
    column: 1,
  });
});
