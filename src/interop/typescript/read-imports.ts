// The imports at the top of a module, read from its tokens: TypeScript's and JavaScript's alike.

import { type Token, tokenizer } from 'acorn';

export interface ImportedName {
  /** "default", "*" or the exported name. */
  readonly imported: string;
  readonly local: string;
  readonly isType: boolean;
}

export interface ImportStatement {
  readonly from: string;
  readonly names: readonly ImportedName[];
  readonly start: number;
  readonly end: number;
}

/** The statements before the first that is no import; undefined when the text cannot be tokenized so far. */
export function readImports(text: string): readonly ImportStatement[] | undefined {
  try {
    return new ImportReader(text).read();
  } catch {
    // Half-typed text: whoever asks treats it as a text without imports.
    return undefined;
  }
}

/** The names that a text uses, as far as it can be tokenized: those in comments and strings do not count. */
export function identifiersIn(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  try {
    for (const { type, start, end } of tokenizer(text, { ecmaVersion: 'latest', sourceType: 'module' }))
      if (type.label === 'name') names.add(text.slice(start, end));
  } catch {
    // Half-typed text: every word may be a name.
    for (const [word] of text.matchAll(/[A-Za-z_$][\w$]*/g)) names.add(word);
  }
  return names;
}

class ImportReader {
  readonly #text: string;
  readonly #next: () => Token;
  #token: Token;
  #end = 0;

  constructor(text: string) {
    this.#text = text;
    const tokens = tokenizer(text, { ecmaVersion: 'latest', sourceType: 'module' });
    this.#next = () => tokens.getToken();
    this.#token = this.#next();
  }

  get #word(): string {
    return this.#text.slice(this.#token.start, this.#token.end);
  }

  #advance(): string {
    const word = this.#word;
    this.#end = this.#token.end;
    this.#token = this.#next();
    return word;
  }

  read(): ImportStatement[] {
    const statements: ImportStatement[] = [];
    while (this.#token.type.label === 'import') {
      const { start } = this.#token;
      this.#advance();
      if (this.#word === '(' || this.#word === '.') break;
      const statement = this.#statement();
      if (!statement) break;
      statements.push({ ...statement, start, end: this.#end });
    }
    return statements;
  }

  #statement(): Pick<ImportStatement, 'from' | 'names'> | undefined {
    const names: ImportedName[] = [];
    if (this.#token.type.label !== 'string') {
      const isType = this.#takeType();
      if (this.#word !== '{' && this.#word !== '*')
        names.push({ imported: 'default', local: this.#advance(), isType });
      if (this.#word === ',') this.#advance();
      if (this.#word === '*') {
        this.#advance();
        this.#advance();
        names.push({ imported: '*', local: this.#advance(), isType });
      } else if (this.#word === '{') this.#named(names, isType);
      if (this.#advance() !== 'from') return undefined;
    }
    if (this.#token.type.label !== 'string') return undefined;
    const from = String((this.#token as Token & { value?: unknown }).value);
    this.#advance();
    if (this.#word === 'with') while (this.#advance() !== '}');
    if (this.#word === ';') this.#advance();
    return { from, names };
  }

  // `type` is a word of its own, or the name of what is imported.
  #takeType(): boolean {
    if (this.#word !== 'type') return false;
    const after = this.#text.slice(this.#token.end);
    if (/^\s*(?:,|\}|from\b\s*['"])/.test(after) || /^\s+as\s+(?!as\b)/.test(after)) return false;
    this.#advance();
    return true;
  }

  #named(names: ImportedName[], isType: boolean): void {
    this.#advance();
    while (this.#word !== '}') {
      const isOwnType = this.#takeType();
      const imported =
        this.#token.type.label === 'string'
          ? String((this.#token as Token & { value?: unknown }).value)
          : this.#word;
      this.#advance();
      let local = imported;
      if (this.#word === 'as') {
        this.#advance();
        local = this.#advance();
      }
      names.push({ imported, local, isType: isType || isOwnType });
      if (this.#word === ',') this.#advance();
      else if (this.#word !== '}') throw new SyntaxError('Expected “,” or “}” in an import.');
    }
    this.#advance();
  }
}
