// What the type stripper throws, as a StripError: it throws plain objects with a rendered snippet, or text.

import type { StripError } from './ports.ts';

/** Reads any version's throw: `{ message, code, startLine, startColumn }`, or a rendered text. */
export function readStripError(thrown: unknown): StripError {
  const fields = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as {
    message?: unknown;
    startLine?: unknown;
    startColumn?: unknown;
  };
  const text = typeof fields.message === 'string' ? fields.message : String(thrown);
  const rendered = readRendered(text);
  const line = typeof fields.startLine === 'number' ? fields.startLine : rendered.line;
  const column = typeof fields.startColumn === 'number' ? fields.startColumn + 1 : rendered.column;
  return {
    type: 'StripError',
    message: inWords(rendered.message),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}

// "  x Expected ',', got ':'\n   ,-[1:1]\n 1 | …"
function readRendered(text: string): { message: string; line?: number; column?: number } {
  const message = /^\s*(?:x|×)\s*(.+)$/m.exec(text)?.[1] ?? text.split('\n')[0] ?? text;
  const place = /\[(\d+):(\d+)\]/.exec(text);
  return place ? { message, line: Number(place[1]), column: Number(place[2]) } : { message };
}

function inWords(message: string): string {
  const unsupported = /(enum|namespace|module|parameter propert|import\s*=|export\s*=)/i.exec(message);
  if (/not supported in strip-only mode/i.test(message) && unsupported)
    return `TypeScript ${unsupported[1]!.toLowerCase()}s cannot be used in a body: types are removed, not compiled. Use plain objects, classes and functions.`.replace(
      'propertys',
      'properties',
    );
  return message.trim();
}
