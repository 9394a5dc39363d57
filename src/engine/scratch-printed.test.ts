import { expect, test } from 'vitest';
import { afterPrinting, mostPrintedLines, nothingPrinted, printedOf } from './scratch-printed.ts';

const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({ level: 'INFO' as const, message: `${from + index}` }));

test('the newest lines are kept, and the others counted, however they come', () => {
  const few = afterPrinting(printedOf(lines(0, 2)), printedOf(lines(2, 3)));
  expect(few).toEqual({ lines: lines(0, 3), leftOut: 0 });
  const all = printedOf(lines(0, 2500));
  expect(all).toEqual({ lines: lines(1500, 2500), leftOut: 1500 });
  let slowly = nothingPrinted;
  for (let from = 0; from < 2500; from += 100)
    slowly = afterPrinting(slowly, printedOf(lines(from, from + 100)));
  expect(slowly).toEqual(all);
  expect(afterPrinting(printedOf(lines(0, 300)), printedOf(lines(300, 2500)))).toEqual(all);
  expect(all.lines).toHaveLength(mostPrintedLines);
});

test('a line that is too long to be read is cut', () => {
  const [line] = printedOf([{ level: 'ERROR', message: 'x'.repeat(1_000_000) }]).lines;
  expect(line?.level).toBe('ERROR');
  expect(line?.message).toHaveLength(5001);
});
