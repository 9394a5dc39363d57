// A body as the TypeScript checker reads it. `export default` becomes a typed constant of equal length, so
// that the parameters get their types from the graph and every offset in the body stays the author's own:
//
//   export default function totals({ orders }) { … }
//   const $: $B  = function totals({ orders }) { … }
//   …after the body's last character: what `$B` is.

import { isPlainName } from '#model/asset-key.ts';
import { findDefaultExport } from '#model/body-head.ts';

export interface CheckedBody {
  readonly text: string;
  /** Length of the author's own text: what comes after it is ours. */
  readonly length: number;
  /** Where `export default` stood. */
  readonly prefix: { readonly start: number; readonly end: number } | undefined;
}

const opening = 'const $: $B  =';

/**
 * What a body is given, as declarations: `Inputs`, `Context`, and `Body`, the function that it has to be. An op takes
 * its inputs by position; undefined: bodies that take them otherwise share these. `given` is what stands between the
 * brackets of `AssetContext`: the type of the config, and of the resources where not all are meant.
 */
export function givenTypes(
  inputs: readonly { readonly name: string; readonly type: string }[],
  isOp: boolean | undefined,
  given = 'any',
): string {
  const parameters = isOp
    ? inputs.map(({ name }, i) => `value${i + 1}: Inputs[${JSON.stringify(name)}], `).join('')
    : 'inputs: Inputs, ';
  return `export interface Inputs {
${inputs.map(({ name, type }) => `  readonly ${isPlainName(name) ? name : JSON.stringify(name)}: ${type};\n`).join('')}}
export type Context = import('headwater').AssetContext<${given}>;
export type Body = (${isOp === undefined ? '...given: any[]' : `${parameters}context: Context`}) => unknown;
`;
}

/** The module that a resource's class is the default export of. */
export const resourceModule = (key: string): string => `#resource/${encodeURIComponent(key)}`;

/** What `context.resources` holds, as a declaration: an instance of each class. */
export const resourceTypes = (keys: Iterable<string>): string => `declare module 'headwater' {
  export interface ProjectResources {
${[...keys].map((key) => `    readonly ${JSON.stringify(key)}: InstanceType<typeof import(${JSON.stringify(resourceModule(key))}).default>;\n`).join('')}  }
}
`;

/** `typesModule` is the specifier of a module with what `givenTypes` declares. */
export function checkedBody(body: string, typesModule: string): CheckedBody {
  const { length } = body;
  const prefix = findDefaultExport(body);
  if (!prefix) return { text: `${body}\n;export {};`, length, prefix };
  const { start, end } = prefix;
  const blank = body.slice(start + opening.length, end).replace(/[^\r\n]/g, ' ');
  const from = JSON.stringify(typesModule);
  return {
    text: `${body.slice(0, start)}${opening}${blank}${body.slice(end)}
;type $B = import(${from}).Body;
export { $ as default };`,
    length,
    prefix,
  };
}

export interface Span {
  readonly start: number;
  readonly length: number;
}

/**
 * Where a complaint of the checker is to be shown in the author's text; undefined when it is about text that
 * is not the author's.
 */
export function shownSpan({ length, prefix }: CheckedBody, span: Span): Span | undefined {
  if (span.start > length) return undefined;
  if (prefix && span.start < prefix.end && span.start + span.length > prefix.start)
    return { start: prefix.start, length: prefix.end - prefix.start };
  return { start: span.start, length: Math.min(span.length, length - span.start) };
}

/**
 * Complaints that say nothing in a body: untyped parameters of helpers, endings of import paths, and "unknown"
 * where an input is `any`.
 */
export const ignoredDiagnostics: readonly number[] = [
  2571, 18046, 2691, 5097, 7005, 7006, 7008, 7009, 7010, 7011, 7012, 7013, 7014, 7015, 7016, 7018, 7019, 7020,
  7022, 7023, 7024, 7031, 7032, 7033, 7034, 7043, 7044, 7045, 7046, 7047, 7048, 7049, 7050, 7051, 7055,
];

/** What is said of the constant that stands in for the default export, in words about the body. */
export const headMessage = (reason: string): string =>
  `The parameters do not fit what the body is given. ${reason.trim()}`.trim();
