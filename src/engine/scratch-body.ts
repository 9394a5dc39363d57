// Lines of the scratchpad as a body: what they `load` are its inputs, what their last expression gives is its value.

import { type ImportDeclaration, type Program, parse } from 'acorn';
import { err, ok, type Result } from '#base/result.ts';
import { positionAt } from '#model/position-at.ts';
import type { StripTypes } from './ports.ts';

export interface ScratchBody {
  /** On as many lines as the source, so that errors have its lines. */
  readonly body: string;
  /** Input name to key. */
  readonly ins: Readonly<Record<string, string>>;
}

export interface ScratchProblem {
  readonly message: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

/** The error of a body that loads what is not among its inputs; its message is the key. */
export const notLoadedName = 'ValueNotLoaded';

/** The keys that lines load by a plain text. Others are found while they run. */
export const literalKeys = (source: string): string[] => [
  ...new Set([...source.matchAll(/\bload\(\s*(['"`])([^'"`\n]+)\1\s*\)/g)].map((match) => match[2]!)),
];

export function scratchBody(
  source: string,
  keys: readonly string[],
  strip: StripTypes,
): Result<ScratchBody, ScratchProblem> {
  const stripped = strip(source);
  if (!stripped.ok) {
    const { message, line = 1, column = 1 } = stripped.error;
    return err({ message, line, column });
  }
  let js = stripped.value;
  let program: Program;
  try {
    program = parse(js, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      allowAwaitOutsideFunction: true,
      allowReturnOutsideFunction: true,
    });
  } catch (thrown) {
    const { message, pos } = thrown as SyntaxError & { pos?: number };
    return err({ message: message.replace(/ \(\d+:\d+\)$/, ''), ...positionAt(source, pos ?? 0) });
  }
  const other = program.body.find((node) => node.type.startsWith('Export'));
  if (other)
    return err({ message: 'Nothing is exported from the scratchpad.', ...positionAt(source, other.start) });

  const last = program.body.at(-1);
  if (last?.type === 'ExpressionStatement') {
    const { start, end } = last.expression;
    js = `${js.slice(0, start)}return (${js.slice(start, end)})${js.slice(end)}`;
  }
  const imports = program.body.filter((node): node is ImportDeclaration => node.type === 'ImportDeclaration');
  const hoisted = imports.map((node) => stripped.value.slice(node.start, node.end).replace(/\s+/g, ' '));
  for (const { start, end } of imports)
    js = js.slice(0, start) + js.slice(start, end).replace(/[^\n]/g, ' ') + js.slice(end);

  const ins = Object.fromEntries(keys.map((key, index) => [`__value${index}`, key]));
  const table = keys.map((key, index) => `[${JSON.stringify(key)}, __value${index}]`).join(', ');
  const head = [
    "import { MaterializeResult as __Nothing } from 'headwater';",
    ...hoisted,
    `export default async ({ ${Object.keys(ins).join(', ')} }, context) => {`,
    `const __values = new Map([${table}]);`,
    'const load = async (key) => {',
    'if (__values.has(String(key))) return __values.get(String(key));',
    `const missing = new Error(String(key)); missing.name = '${notLoadedName}'; throw missing; };`,
    'const __result = await (async () => { ',
  ].join(' ');
  const tail = '\n})(); return __result === undefined ? new __Nothing() : __result; };\n';
  return ok({ body: head + js + tail, ins });
}
