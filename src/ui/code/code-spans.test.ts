import { describe, expect, it } from 'vitest';
import { codeLines, languageOf } from './code-spans.ts';

const kinds = (text: string, path = 'a.ts') =>
  codeLines(text, languageOf(path)).map((line) =>
    line.map(({ text: part, kind }) => `${kind ?? '-'}:${part}`),
  );

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

  it('knows Python, and leaves what is neither alone', () => {
    const text = '@dg.asset(n=1)  # "one"\ndef a_1(x: Any):\n    yield f"b" + """c\nd"""';
    expect(kinds(text, 'a.py')).toEqual([
      ['-:@dg.asset(n=', 'number:1', '-:)  ', 'comment:# "one"'],
      ['keyword:def', '-: a_1(x: ', 'type:Any', '-:):'],
      ['-:    ', 'keyword:yield', '-: ', 'string:f"b"', '-: + ', 'string:"""c'],
      ['string:d"""'],
    ]);
    expect(kinds('const a = 1;', 'README.md')).toEqual([['-:const a = 1;']]);
  });
});
