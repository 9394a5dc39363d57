// Reads the head of a body: the imports, the default export and the names that its first parameter
// destructures. Only the head is read, so an error further down does not make the edges vanish, and the
// text is only ever tokenized, never evaluated.

import { type Token, tokenizer } from 'acorn';
import { err, ok, type Result } from '#base/result.ts';

/** One destructured input. Offsets are into the body's text. */
export interface BodyInput {
  /** The property name: what the input is called in the graph. */
  readonly name: string;
  /** The local variable it is bound to. */
  readonly local: string;
  readonly start: number;
  /** End of the whole element, default value included, comma excluded. */
  readonly end: number;
}

export interface BodyHead {
  readonly inputs: readonly BodyInput[];
  /** The function's own name, if it has one. */
  readonly functionName?: { readonly name: string; readonly start: number; readonly end: number };
  /** Between the braces of the object pattern; absent when the body takes no pattern. */
  readonly pattern?: { readonly start: number; readonly end: number };
  /** Just after the opening parenthesis of the parameters. */
  readonly parameters: number;
  /** Is there a parameter of any form? */
  readonly hasParameter: boolean;
}

/** One parameter of a function, by position. Offsets are into the body's text. */
export interface BodyParameter {
  /** Absent when it is a pattern. */
  readonly name?: string;
  readonly start: number;
  /** End of it all, type and default value included, comma excluded. */
  readonly end: number;
}

export interface BodyParameters {
  readonly list: readonly BodyParameter[];
  /** Just after the opening parenthesis. */
  readonly start: number;
  readonly functionName?: BodyHead['functionName'];
}

export interface BodyHeadError {
  readonly type: 'BodyHeadError';
  readonly message: string;
  readonly offset: number;
}

/** Finds the default export of a body and reads its first parameter. */
export const readBodyHead = (body: string): Result<BodyHead, BodyHeadError> =>
  reading(body, (reader) => reader.read());

/** Finds the default export of a body and reads all its parameters, as they stand: what an op takes by position. */
export const readBodyParameters = (body: string): Result<BodyParameters, BodyHeadError> =>
  reading(body, (reader) => reader.readList());

function reading<T>(
  body: string,
  read: (reader: HeadReader) => Result<T, BodyHeadError>,
): Result<T, BodyHeadError> {
  try {
    return read(new HeadReader(body));
  } catch (thrown) {
    // acorn throws on text that cannot be tokenized; its message carries "(line:column)".
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const offset = (thrown as { pos?: unknown }).pos;
    return err({
      type: 'BodyHeadError',
      message: message.replace(/ \(\d+:\d+\)$/, ''),
      offset: typeof offset === 'number' ? offset : 0,
    });
  }
}

/** Where `export default` stands; undefined when there is none. Works on text that is half typed, too. */
export function findDefaultExport(
  body: string,
): { readonly start: number; readonly end: number } | undefined {
  try {
    return new HeadReader(body).skipToDefaultExport();
  } catch {
    // What cannot be tokenized further up: the first line that begins like one.
    const match = /^export\s+default\b/m.exec(body);
    return match ? { start: match.index, end: match.index + match[0].length } : undefined;
  }
}

const problem = <T>(message: string, offset: number): Result<T, BodyHeadError> =>
  err({ type: 'BodyHeadError', message, offset });

const brackets: Readonly<Record<string, number>> = {
  '(': 1,
  '[': 1,
  '{': 1,
  '${': 1,
  ')': -1,
  ']': -1,
  '}': -1,
};

class HeadReader {
  readonly #body: string;
  readonly #next: () => Token;
  #token: Token;
  #previousEnd = 0;

  constructor(body: string) {
    this.#body = body;
    const tokens = tokenizer(body, { ecmaVersion: 'latest', sourceType: 'module' });
    this.#next = () => tokens.getToken();
    this.#token = this.#next();
  }

  #is(label: string): boolean {
    return this.#token.type.label === label;
  }

  /** How much the current token changes the nesting of brackets. */
  #nesting(): number {
    return brackets[this.#token.type.label] ?? 0;
  }

  get #text(): string {
    return this.#body.slice(this.#token.start, this.#token.end);
  }

  #advance(): void {
    this.#previousEnd = this.#token.end;
    this.#token = this.#next();
  }

  read(): Result<BodyHead, BodyHeadError> {
    const name = this.#openParameters();
    return name.ok ? this.#readParameters(name.value) : name;
  }

  readList(): Result<BodyParameters, BodyHeadError> {
    const name = this.#openParameters();
    if (!name.ok) return name;
    const start = this.#previousEnd;
    const list: BodyParameter[] = [];
    while (!this.#is(')')) {
      if (this.#is('eof')) return problem('The body’s parameters are not closed.', start);
      const from = this.#token;
      const isName = this.#is('name') && this.#text !== '...';
      const text = this.#text;
      this.#skipParameter();
      list.push({ start: from.start, end: this.#previousEnd, ...(isName ? { name: text } : {}) });
      if (this.#is(',')) this.#advance();
    }
    return ok({ list, start, ...(name.value === undefined ? {} : { functionName: name.value }) });
  }

  /** Up to the comma or the parenthesis behind a parameter. In its type, angle brackets nest too. */
  #skipParameter(): void {
    let depth = 0;
    let isType = false;
    while (!this.#is('eof')) {
      if (depth === 0 && (this.#is(',') || this.#is(')'))) return;
      depth += this.#nesting();
      if (depth === 0 && this.#is(':')) isType = true;
      else if (depth === 0 && this.#text === '=') isType = false;
      else if (isType && this.#token.type.label.startsWith('<'))
        for (const char of this.#text) depth += char === '<' ? 1 : char === '>' ? -1 : 0;
      this.#advance();
    }
  }

  /** Walks to behind the opening parenthesis of the default export; answers with the function's name. */
  #openParameters(): Result<BodyHead['functionName'], BodyHeadError> {
    if (!this.skipToDefaultExport())
      return problem('The body has no default export: write `export default function …`.', 0);
    if (this.#is('name') && this.#text === 'async') this.#advance();
    if (this.#is('function')) return this.#openFunction();
    if (this.#is('(')) {
      this.#advance();
      return ok(undefined);
    }
    return problem('The default export must be a function.', this.#token.start);
  }

  // Walks over imports and anything else at depth 0 to the token after `export default`.
  skipToDefaultExport(): { start: number; end: number } | undefined {
    let depth = 0;
    while (!this.#is('eof')) {
      if (depth === 0 && this.#is('export')) {
        const { start } = this.#token;
        this.#advance();
        if (!this.#is('default')) continue;
        const { end } = this.#token;
        this.#advance();
        return { start, end };
      }
      depth += this.#nesting();
      this.#advance();
    }
    return undefined;
  }

  #openFunction(): Result<BodyHead['functionName'], BodyHeadError> {
    this.#advance();
    if (this.#is('*')) this.#advance();
    let functionName: BodyHead['functionName'];
    if (this.#is('name')) {
      functionName = { name: this.#text, start: this.#token.start, end: this.#token.end };
      this.#advance();
    }
    if (this.#text === '<') this.#skipTypeParameters();
    if (!this.#is('(')) return problem('The body’s parameters are missing.', this.#token.start);
    this.#advance();
    return ok(functionName);
  }

  #skipTypeParameters(): void {
    let depth = 0;
    while (!this.#is('eof')) {
      for (const char of this.#text) depth += char === '<' ? 1 : char === '>' ? -1 : 0;
      this.#advance();
      if (depth <= 0) return;
    }
  }

  #readParameters(functionName: BodyHead['functionName']): Result<BodyHead, BodyHeadError> {
    const parameters = this.#previousEnd;
    const named = functionName === undefined ? {} : { functionName };
    if (this.#is(')')) return ok({ inputs: [], parameters, hasParameter: false, ...named });
    if (this.#is('name')) {
      if (this.#text.startsWith('_')) return ok({ inputs: [], parameters, hasParameter: true, ...named });
      return problem(
        `The first parameter must be an object pattern such as \`{ ${this.#text} }\`; its names are the inputs.`,
        this.#token.start,
      );
    }
    if (!this.#is('{'))
      return problem(
        'The first parameter must be an object pattern; its names are the inputs.',
        this.#token.start,
      );
    const start = this.#token.end;
    this.#advance();
    const inputs: BodyInput[] = [];
    const names = new Set<string>();
    while (!this.#is('}')) {
      const input = this.#readInput();
      if (!input.ok) return input;
      if (names.has(input.value.name))
        return problem(`The input “${input.value.name}” is destructured twice.`, input.value.start);
      names.add(input.value.name);
      inputs.push(input.value);
      if (this.#is(',')) this.#advance();
      else if (!this.#is('}')) return problem('Expected “,” or “}” in the inputs.', this.#token.start);
    }
    return ok({
      inputs,
      pattern: { start, end: this.#token.start },
      parameters,
      hasParameter: true,
      ...named,
    });
  }

  #readInput(): Result<BodyInput, BodyHeadError> {
    const start = this.#token.start;
    const fail = (message: string) =>
      err<BodyHeadError>({ type: 'BodyHeadError', message, offset: this.#token.start });
    if (this.#is('...'))
      return fail('Rest elements cannot be inputs: name each input, so that its edge can be drawn.');
    if (this.#is('['))
      return fail('Computed keys cannot be inputs: name each input, so that its edge can be drawn.');
    let name: string;
    const quoted = this.#is('string');
    if (quoted) name = String((this.#token as Token & { value?: unknown }).value);
    else if (this.#is('name') || this.#token.type.keyword !== undefined) name = this.#text;
    else return fail('Expected the name of an input.');
    this.#advance();
    let local = name;
    if (this.#is(':')) {
      this.#advance();
      if (this.#is('{') || this.#is('[')) {
        local = '';
        this.#skipBalanced();
      } else if (this.#is('name')) {
        local = this.#text;
        this.#advance();
      } else return fail('Expected a variable name.');
    } else if (quoted) return fail(`Bind the input to a variable: \`"${name}": local\`.`);
    if (this.#is('=')) {
      this.#advance();
      this.#skipDefaultValue();
    }
    return ok({ name, local, start, end: this.#previousEnd });
  }

  #skipBalanced(): void {
    let depth = 0;
    do {
      depth += this.#nesting();
      this.#advance();
    } while (depth > 0 && !this.#is('eof'));
  }

  #skipDefaultValue(): void {
    let depth = 0;
    while (!this.#is('eof')) {
      if (depth === 0 && (this.#is(',') || this.#is('}'))) return;
      depth += this.#nesting();
      this.#advance();
    }
  }
}
