import { describe, expect, it } from 'vitest';
import { codeLines } from './code-spans.ts';

const kinds = (text: string) =>
  codeLines(text).map((line) => line.map(({ text: part, kind }) => `${kind ?? '-'}:${part}`));

describe('codeLines', () => {
  it('gives words, strings, numbers and comments their kinds, line by line', () => {
    expect(kinds(`const a = 'x';\n/* one\ntwo */ f(1)`)).toEqual([
      ['keyword:const', '-: a = ', "string:'x'", '-:;'],
      ['comment:/* one'],
      ['comment:two */', '-: f(', 'number:1', '-:)'],
    ]);
  });

  it('loses no character of a text that cannot be tokenized', () => {
    const text = 'const a = 1;\nconst b = \u0000 `open ${';
    expect(
      codeLines(text)
        .map((line) => line.map((span) => span.text).join(''))
        .join('\n'),
    ).toBe(text);
  });
});
