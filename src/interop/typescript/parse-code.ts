// Reads the little language of `code.ts` from TypeScript, by its tokens. What is no literal, name or call is refused
// with its place; nothing is evaluated.

import { type Token, tokenizer } from 'acorn';
import { Arrow, Call, type Code, Fields, Item, Method, Name } from './code.ts';

/** Thrown inside the readers of this folder, and turned into a problem with its line where a file is read. */
export class ReadError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const maxDepth = 200;

/** Reads tokens one by one from `offset` on, so that what comes after need not be readable. */
export class CodeParser {
  readonly #text: string;
  readonly #offset: number;
  readonly #next: () => Token;
  #token: Token;
  #end: number;
  #depth = 0;

  constructor(text: string, offset = 0) {
    this.#text = text;
    this.#offset = offset;
    const tokens = tokenizer(text.slice(offset), { ecmaVersion: 'latest', sourceType: 'module' });
    this.#next = () => {
      try {
        return tokens.getToken();
      } catch (thrown) {
        const at = (thrown as { pos?: unknown }).pos;
        const message =
          thrown instanceof Error ? thrown.message.replace(/ \(\d+:\d+\)$/, '') : String(thrown);
        throw new ReadError(`${message}.`, offset + (typeof at === 'number' ? at : 0));
      }
    };
    this.#token = this.#next();
    this.#end = offset;
  }

  /** Where the last token taken ends. */
  get end(): number {
    return this.#end;
  }
  /** Where the next token begins. */
  get start(): number {
    return this.#offset + this.#token.start;
  }
  get word(): string {
    return this.#text.slice(this.start, this.#offset + this.#token.end);
  }
  get isName(): boolean {
    return this.#token.type.label === 'name';
  }
  get isAtEnd(): boolean {
    return this.#token.type.label === 'eof';
  }

  fail(message: string): never {
    throw new ReadError(message, this.start);
  }

  take(): string {
    const { word } = this;
    this.#end = this.#offset + this.#token.end;
    this.#token = this.#next();
    return word;
  }

  /** Takes the next token when it is `word`. */
  skip(word: string): boolean {
    if (this.#token.type.label === 'string' || this.word !== word) return false;
    this.take();
    return true;
  }

  expect(word: string): void {
    if (!this.skip(word))
      this.fail(`Expected “${word}”${this.isAtEnd ? '' : `, found “${this.word.slice(0, 40)}”`}.`);
  }

  name(): string {
    if (!this.isName && this.#token.type.keyword === undefined) this.fail('Expected a name.');
    return this.take();
  }

  /** An expression with what TypeScript says of its type. */
  expression(): Code {
    this.#depth += 1;
    if (this.#depth > maxDepth) this.fail('This is nested too deep.');
    const code = this.#suffixes(this.#primary());
    while (this.skip('satisfies') || this.skip('as')) this.type();
    this.#depth -= 1;
    return code;
  }

  /** Passes over a type's name. Gives it. */
  type(): string {
    let name = this.name();
    while (this.skip('.')) name += `.${this.name()}`;
    if (this.word === '<') {
      let depth = 0;
      do {
        for (const char of this.take()) depth += char === '<' ? 1 : char === '>' ? -1 : 0;
      } while (depth > 0 && !this.isAtEnd);
    }
    return name;
  }

  #primary(): Code {
    const { type } = this.#token;
    const { value } = this.#token as Token & { value?: unknown };
    switch (type.label) {
      case 'string':
        this.take();
        return String(value);
      case 'num':
        if (typeof value !== 'number') this.fail('Numbers with an “n” cannot be read here.');
        this.take();
        return value;
      case '+/-': {
        const sign = this.take() === '-' ? -1 : 1;
        const number = this.#primary();
        if (typeof number !== 'number') this.fail('Expected a number.');
        return sign * number;
      }
      case '`':
        return this.#template();
      case '{':
        return this.#object();
      case '[':
        this.take();
        return this.#list(']');
      case '(':
        return this.#parenthesis();
      case 'new':
        this.take();
        return this.#new();
      case 'null':
        this.take();
        return null;
      case 'true':
      case 'false':
        return this.take() === 'true';
      case 'name':
        return new Name(this.take());
      default:
        return this.fail(
          'Only literals, names and calls can be read here: nothing of this file is evaluated.',
        );
    }
  }

  #suffixes(start: Code): Code {
    let code = start;
    for (;;) {
      if (this.skip('.')) {
        const member = this.name();
        if (code instanceof Name) code = new Name(`${code.text}.${member}`);
        else if (this.skip('(')) code = new Method(code, member, this.#list(')'));
        else code = new Item(code, member);
      } else if (code instanceof Name && this.skip('(')) code = new Call(code.text, this.#list(')'));
      else if (this.skip('[')) {
        const key = this.expression();
        this.expect(']');
        code = new Item(code, key);
      } else return code;
    }
  }

  #new(): Code {
    let name = this.name();
    while (this.skip('.')) name += `.${this.name()}`;
    return new Call(`new ${name}`, this.skip('(') ? this.#list(')') : []);
  }

  #list(close: string): Code[] {
    const items: Code[] = [];
    while (!this.skip(close)) {
      items.push(this.expression());
      if (!this.skip(',') && this.word !== close) this.fail(`Expected “,” or “${close}”.`);
    }
    return items;
  }

  #object(): Fields {
    this.take();
    const entries: [string, Code][] = [];
    const names = new Set<string>();
    while (!this.skip('}')) {
      if (this.word === '...') this.fail('“...” cannot be read here: write the fields themselves.');
      const isComputed = this.skip('[');
      const { type } = this.#token;
      const { value } = this.#token as Token & { value?: unknown };
      const isLiteral = type.label === 'string' || type.label === 'num';
      if (isComputed && !isLiteral) this.fail('A computed name cannot be read here.');
      const name = isLiteral ? String(value) : this.word;
      if (isLiteral) this.take();
      else this.name();
      if (isComputed) this.expect(']');
      if (name === '__proto__' && !isComputed) this.fail("Write ['__proto__'] for a field of that name.");
      if (names.has(name)) this.fail(`There are two fields “${name}”.`);
      names.add(name);
      entries.push([name, this.skip(':') ? this.expression() : new Name(name)]);
      if (!this.skip(',') && this.word !== '}') this.fail('Expected “,” or “}”.');
    }
    return new Fields(entries);
  }

  #template(): string {
    this.take();
    const { value } = this.#token as Token & { value?: unknown };
    if (this.#token.type.label === 'template') this.take();
    if (this.word !== '`') this.fail('A text with values in it cannot be read here.');
    this.take();
    return typeof value === 'string' ? value : '';
  }

  // `(a, b) => …` or an expression in parentheses.
  #parenthesis(): Code {
    this.take();
    const items = this.#list(')');
    if (!this.skip('=>')) {
      const [only] = items;
      return items.length === 1 && only !== undefined ? only : this.fail('Expected “=>”.');
    }
    const parameters = items.map((item) =>
      item instanceof Name ? item.text : this.fail('A parameter must be a name.'),
    );
    return new Arrow(parameters, this.expression());
  }
}
