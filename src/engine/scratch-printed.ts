// What lines of the scratchpad have printed: the newest of it, so that a loop that prints costs no page its memory.

import type { ScratchLine, ScratchPrinted } from './scratch-port.ts';

export const mostPrintedLines = 1000;
const mostLineChars = 5000;

export const nothingPrinted: ScratchPrinted = { lines: [], leftOut: 0 };

export function afterPrinting(printed: ScratchPrinted, more: ScratchPrinted): ScratchPrinted {
  // With lines left out, nothing before them is the newest any more.
  const lines = more.leftOut > 0 ? more.lines : [...printed.lines, ...more.lines];
  const kept = lines.slice(-mostPrintedLines);
  const all = printed.leftOut + printed.lines.length + more.leftOut + more.lines.length;
  return { lines: kept, leftOut: all - kept.length };
}

export const printedOf = (lines: readonly ScratchLine[]): ScratchPrinted =>
  afterPrinting(nothingPrinted, {
    lines: lines.map((line) =>
      line.message.length > mostLineChars
        ? { ...line, message: `${line.message.slice(0, mostLineChars)}…` }
        : line,
    ),
    leftOut: 0,
  });
