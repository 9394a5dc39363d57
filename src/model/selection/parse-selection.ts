// The selection language of Dagster 1.13 (reference §6.1), read by recursive descent:
// traversals and attributes bind tightest, then `not`, then `and`, then `or`.

import { err, ok, type Result } from '#base/result.ts';
import type { Depth, SelectionNode } from './selection-node.ts';
import { type SelectionToken, selectionTokens } from './selection-tokens.ts';

/** Why a text is no selection, and where: `length` may be 0, at the end of the text. */
export interface SelectionError {
  readonly message: string;
  readonly offset: number;
  readonly length: number;
}

const laterAttributes: ReadonlySet<string> = new Set([
  'automation_type',
  'changed_in_branch',
  'code_location',
  'column',
  'column_tag',
  'job',
  'partitions',
  'schedule',
  'sensor',
  'status',
  'table_name',
]);
const attributes: ReadonlySet<string> = new Set([
  'key',
  'tag',
  'owner',
  'group',
  'kind',
  'is',
  ...laterAttributes,
]);
const reserved: ReadonlySet<string> = new Set([
  ...attributes,
  'sinks',
  'roots',
  ...['and', 'AND', 'or', 'OR', 'not', 'NOT'],
]);
// Attributes whose names may stand as unquoted values all the same.
const bareValues: ReadonlySet<string> = new Set(['sensor', 'schedule', 'job']);

const maxNesting = 200;

/** Reads a selection. The whole text must be one; a bare name is none (see `parseSelectionOrKeys`). */
export function parseSelection(text: string): Result<SelectionNode, SelectionError> {
  const parser = new Parser(selectionTokens(text));
  try {
    return ok(parser.whole());
  } catch (error) {
    if (error instanceof Unreadable) return err(error.problem);
    throw error;
  }
}

// Unwinds the descent; never leaves this module.
class Unreadable extends Error {
  readonly problem: SelectionError;
  constructor(problem: SelectionError) {
    super(problem.message);
    this.problem = problem;
  }
}

class Parser {
  readonly #tokens: readonly SelectionToken[];
  #place = 0;
  #nesting = 0;

  constructor(tokens: readonly SelectionToken[]) {
    this.#tokens = tokens;
  }

  whole(): SelectionNode {
    const node = this.#or();
    const rest = this.#next;
    if (rest.type === 'end') return node;
    if (rest.type === '+' && node.type === 'all')
      throw this.#unreadable(rest, '“*” has no neighbours to add. Write (*)+ or simply *.');
    throw this.#unreadable(
      rest,
      `${quoted(rest)} cannot follow here. Put “and” or “or” between two selections.`,
    );
  }

  #or(): SelectionNode {
    return this.#chain('or', () => this.#chain('and', () => this.#not()));
  }

  #chain(type: 'and' | 'or', operand: () => SelectionNode): SelectionNode {
    const operands = [operand()];
    while (this.#isWord(type, type.toUpperCase())) {
      this.#place += 1;
      operands.push(operand());
    }
    return operands.length === 1 ? operands[0]! : { type, operands };
  }

  #not(): SelectionNode {
    if (!this.#isWord('not', 'NOT')) return this.#traversal();
    return this.#nested(() => {
      this.#place += 1;
      return { type: 'not', of: this.#not() };
    });
  }

  #traversal(): SelectionNode {
    if (this.#next.type === '*') {
      this.#place += 1;
      return { type: 'all' };
    }
    const up = this.#up();
    const of = this.#part();
    const down = this.#down();
    if (up === undefined && down === undefined) return of;
    return {
      type: 'traverse',
      of,
      ...(up === undefined ? {} : { up }),
      ...(down === undefined ? {} : { down }),
    };
  }

  #up(): Depth | undefined {
    const depth = this.#maybeDigits();
    if (this.#next.type === '+') {
      this.#place += 1;
      return depth ?? 'all';
    }
    if (depth !== undefined)
      throw this.#unreadable(this.#next, 'A number of layers is followed by “+”, as in 2+key:orders.');
    return undefined;
  }

  #down(): Depth | undefined {
    if (this.#next.type !== '+') return undefined;
    this.#place += 1;
    return this.#maybeDigits() ?? 'all';
  }

  #maybeDigits(): number | undefined {
    const token = this.#next;
    if (token.type !== 'digits') return undefined;
    this.#place += 1;
    return Math.min(Number(token.text), Number.MAX_SAFE_INTEGER);
  }

  #part(): SelectionNode {
    const token = this.#next;
    if (token.type === '(') return this.#parenthesized();
    if (token.type === 'word' && (token.text === 'sinks' || token.text === 'roots')) {
      this.#place += 1;
      if (this.#next.type !== '(')
        throw this.#unreadable(this.#next, `“${token.text}” is followed by a selection in parentheses.`);
      return { type: token.text, of: this.#parenthesized() };
    }
    if (token.type === 'word' && attributes.has(token.text)) return this.#attribute(token);
    throw this.#unreadable(token, this.#wantedPart(token));
  }

  #wantedPart(token: SelectionToken): string {
    if (token.type === 'end') return 'The selection ends where an asset, a group or the like should stand.';
    if (token.type === '*') return '“*” has no neighbours to add. Write (*)+ or simply *.';
    if (token.type === 'word' && this.#tokens[this.#place + 1]?.type === ':')
      return `There is no attribute “${token.text}”. There are key, group, kind, tag, owner and is.`;
    if ((token.type === 'word' && !reserved.has(token.text)) || token.type === 'pattern')
      return `“${token.text}” is a bare name. Write key:${token.text}.`;
    return `${quoted(token)} cannot stand here: an asset, a group or the like should.`;
  }

  #parenthesized(): SelectionNode {
    return this.#nested(() => {
      this.#place += 1;
      const node = this.#or();
      if (this.#next.type !== ')') throw this.#unreadable(this.#next, 'A parenthesis is not closed.');
      this.#place += 1;
      return node;
    });
  }

  #attribute(name: SelectionToken): SelectionNode {
    this.#place += 1;
    if (this.#next.type !== ':')
      throw this.#unreadable(
        this.#next,
        `“${name.text}” is followed by a colon and a value, as in ${name.text}:x.`,
      );
    this.#place += 1;
    if (laterAttributes.has(name.text))
      throw this.#unreadable(name, `Assets cannot be selected by “${name.text}” yet.`);
    switch (name.text) {
      case 'key':
        return { type: 'key', pattern: this.#keyPattern() };
      case 'owner':
        return { type: 'owner', owner: this.#value() };
      case 'group':
        return { type: 'group', group: this.#value() };
      case 'kind':
        return { type: 'kind', kind: this.#value() };
      case 'tag':
        return this.#tag();
      default:
        return this.#is();
    }
  }

  #tag(): SelectionNode {
    const name = this.#value();
    if (this.#next.type !== '=') return { type: 'tag', name, value: '' };
    if (name === null)
      throw this.#unreadable(this.#next, '<null> stands for no tags at all, so it has no value.');
    this.#place += 1;
    return { type: 'tag', name, value: this.#value() ?? '' };
  }

  #is(): SelectionNode {
    const token = this.#next;
    const what = this.#value();
    if (what === 'external' || what === 'materializable') return { type: 'is', what };
    throw this.#unreadable(token, 'An asset is either is:external or is:materializable.');
  }

  #keyPattern(): string {
    const token = this.#next;
    if (token.type === 'pattern') {
      this.#place += 1;
      return token.text;
    }
    if (token.type === '*') throw this.#unreadable(token, 'Write key:"*", or simply *.');
    return this.#text(token);
  }

  #value(): string | null {
    const token = this.#next;
    if (token.type === 'null') {
      this.#place += 1;
      return null;
    }
    if (token.type === 'word' && bareValues.has(token.text)) {
      this.#place += 1;
      return token.text;
    }
    if (token.type === 'pattern' || token.type === '*')
      throw this.#unreadable(token, `A value with “*” in it stands in quotes: "${token.text}".`);
    return this.#text(token);
  }

  #text(token: SelectionToken): string {
    if (token.type === 'string' || (token.type === 'word' && !reserved.has(token.text))) {
      this.#place += 1;
      return token.text;
    }
    if (token.type === 'word')
      throw this.#unreadable(
        token,
        `“${token.text}” is a word of the language. As a value it stands in quotes.`,
      );
    if (token.type === 'end') throw this.#unreadable(token, 'The selection ends where a value should stand.');
    throw this.#unreadable(
      token,
      `${quoted(token)} cannot begin a value. Values other than letters, digits, “_” and “/” stand in quotes.`,
    );
  }

  #nested(read: () => SelectionNode): SelectionNode {
    if (this.#nesting === maxNesting)
      throw this.#unreadable(this.#next, `A selection can be nested ${maxNesting} deep.`);
    this.#nesting += 1;
    const node = read();
    this.#nesting -= 1;
    return node;
  }

  get #next(): SelectionToken {
    return this.#tokens[this.#place]!;
  }

  #isWord(...words: readonly string[]): boolean {
    return this.#next.type === 'word' && words.includes(this.#next.text);
  }

  #unreadable({ type, text, offset, length }: SelectionToken, message: string): Unreadable {
    return new Unreadable({ message: type === 'stranger' ? strangeText(text) : message, offset, length });
  }
}

const strangeText = (text: string): string =>
  text === '"'
    ? 'A quoted text does not end, or holds a backslash or a line break.'
    : `“${text}” cannot stand here. Values other than letters, digits, “_” and “/” stand in quotes.`;

const quoted = ({ type, text }: SelectionToken): string =>
  type === 'end' ? 'The end' : type === 'string' ? `"${text}"` : `“${text}”`;
