import { expect, test } from 'vitest';
import { bodyWithOutputName } from './output-names.ts';

const renamed = (body: string) => bodyWithOutputName(body, 'left', 'west');

test.each([
  ['export default () => ({ left: 1, right: 2 })', 'export default () => ({ west: 1, right: 2 })'],
  ['export default ({ a }) => ({ left, right })', 'export default ({ a }) => ({ west: left, right })'],
  [
    "export default async function f({ orders }): Promise<{ left: number }> {\n  return { 'left': orders, right: 2 };\n}",
    'export default async function f({ orders }): Promise<{ left: number }> {\n  return { west: orders, right: 2 };\n}',
  ],
  [
    'export default (_) => { if (Math.random() > 1) { return { left: null }; } return { left: { left: 1 } }; }',
    'export default (_) => { if (Math.random() > 1) { return { west: null }; } return { west: { left: 1 } }; }',
  ],
  [
    "export default function* () { yield new Output(1, { outputName: 'left' }); yield new Output(2, { outputName: 'right' }); }",
    "export default function* () { yield new Output(1, { outputName: 'west' }); yield new Output(2, { outputName: 'right' }); }",
  ],
])('an output is renamed where %s names it', (body, after) => expect(renamed(body)).toBe(after));

test.each([
  'export default ({ rows }) => rows.map((row) => { return { left: row }; })',
  'export default ({ rows }) => { const parts = rows.map(() => ({ left: 1 })); return parts[0]; }',
  'export default function ({ rows }) { const make = function () { return { left: 1 }; }; return make(); }',
  'export default () => { const name = "left"; return { [name]: 1 }; }',
  'export default () => ({ right: left })',
  'export default () => ({ left: "',
])('%s does not name the output, as far as can be told', (body) => expect(renamed(body)).toBeUndefined());
