// Code as formatted text: two spaces, single quotes, lines of at most a hundred characters where that is possible.

import { createFlatList } from '../flat-list.ts';
import { Arrow, Call, type Code, Fields, Item, Method, Name } from './code.ts';

const maxWidth = 100;

/** `column` is where the text begins, `indent` how far its lines after the first are indented. */
export function printCode(code: Code, indent = 0, column = indent, spread = false): string {
  const flat = spread ? undefined : printFlat(code, maxWidth - column);
  if (flat !== undefined) return flat;
  const inner = indent + 2;
  const lines = (items: readonly string[], open: string, close: string): string =>
    items.length === 0
      ? `${open}${close}`
      : `${open}\n${items.map((item) => `${' '.repeat(inner)}${item},\n`).join('')}${' '.repeat(indent)}${close}`;
  if (typeof code === 'string') return printText(code);
  if (code instanceof Fields)
    return lines(
      code.entries.map(([name, value]) => {
        const start = `${printName(name)}: `;
        return start + printCode(value, inner, inner + start.length);
      }),
      '{',
      '}',
    );
  if (Array.isArray(code))
    return lines(
      code.map((item: Code) => printCode(item, inner)),
      '[',
      ']',
    );
  if (code instanceof Call)
    return code.callee + printArguments(code.args, indent, column + code.callee.length);
  if (code instanceof Method) {
    const target = printCode(code.target, indent, column);
    return `${target}.${code.name}${printArguments(code.args, indent, indent + code.name.length)}`;
  }
  return printFlat(code) ?? '';
}

function printArguments(args: readonly Code[], indent: number, column: number): string {
  const last = args.at(-1);
  // One object or list hugs the parentheses.
  if (args.length === 1 && (last instanceof Fields || Array.isArray(last)))
    return `(${printCode(last, indent, column + 1)})`;
  const inner = indent + 2;
  return args.length === 0
    ? '()'
    : `(\n${args.map((arg) => `${' '.repeat(inner)}${printCode(arg, inner)},\n`).join('')}${' '.repeat(indent)})`;
}

/**
 * On one line; undefined where there is text of several lines, which reads better as such, and where it would be longer
 * than `room`, which is found out before all of it is written.
 */
function printFlat(code: Code, room = Number.POSITIVE_INFINITY): string | undefined {
  const flat = flatText(code, room);
  return flat !== undefined && flat.length <= room ? flat : undefined;
}

function flatText(code: Code, room: number): string | undefined {
  if (code === null || typeof code === 'boolean') return String(code);
  if (typeof code === 'number') return Object.is(code, -0) ? '-0' : String(code);
  if (typeof code === 'string') return isLong(code) ? undefined : printText(code);
  if (code instanceof Name) return code.text;
  if (code instanceof Fields) {
    if (code.entries.length === 0) return '{}';
    const values = code.entries.map(([, value]) => value);
    const starts = code.entries.map(([name]) => `${printName(name)}: `);
    return flatList(values, room, '{ ', ' }', starts);
  }
  if (code instanceof Call) return flatList(code.args, room, `${code.callee}(`, ')');
  if (code instanceof Method) {
    const target = printFlat(code.target, room);
    return target === undefined ? undefined : flatList(code.args, room, `${target}.${code.name}(`, ')');
  }
  if (code instanceof Item) return flatList([code.key], room, `${printFlat(code.target) ?? ''}[`, ']');
  if (code instanceof Arrow) return `(${code.parameters.join(', ')}) => ${printFlat(code.result) ?? ''}`;
  return flatList(code as readonly Code[], room, '[', ']');
}

const flatList = createFlatList(printFlat);

const isLong = (text: string): boolean => text.length > 40 && text.includes('\n');

export const printName = (name: string): string => {
  // Without brackets it would set the prototype.
  if (name === '__proto__') return `['__proto__']`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : printText(name);
};

/** A string literal; long text of several lines stands as such between backticks. */
export function printText(text: string): string {
  if (plain.test(text)) return `'${text}'`;
  if (isLong(text))
    return `\`${text.replace(/[\\`]|\$(?=\{)/g, '\\$&').replace(hidden, (char) => (char === '\n' ? char : escaped(char)))}\``;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(/\\/g, '\\\\').replaceAll(quote, `\\${quote}`).replace(hidden, escaped);
  return quote + body + quote;
}

// Most text: nothing in it has to be escaped.
const plain = /^[ -&(-[\]-~]*$/;

// Control and direction characters, and halves of pairs, which no file could hold.
const hidden =
  /[\p{Cc}\u2028\u2029\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (char: string): string =>
  shortEscapes[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
