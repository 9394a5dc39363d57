// A place in a module's tokens, and what is read from there on: words, literals, what names stand for. Never run.

import type { Json } from '../document.ts';
import { type ModuleTokens, moduleTokens } from './module-names.ts';

/** The text of the shared module `#lib/<name>.ts`. */
export type SharedText = (name: string) => string | undefined;

/** Thrown where the text says something that only running it could tell. */
export class Unreadable extends Error {}

const deepest = 20;
/** How often names are followed: constants that name others twice, and those others twice, have no end. */
const mostNames = 500;

/** What all cursors of one reading share. */
export interface CodeSources {
  readonly shared: SharedText;
  followed: number;
}

export class CodeCursor {
  readonly tokens: ModuleTokens;
  readonly sources: CodeSources;
  protected at: number;

  constructor(tokens: ModuleTokens, at: number, sources: CodeSources) {
    this.tokens = tokens;
    this.at = at;
    this.sources = sources;
  }

  protected get word(): string {
    return this.tokens.textAt(this.at);
  }

  protected get label(): string {
    return this.tokens.labelAt(this.at);
  }

  protected take(expected?: string): string {
    const { word } = this;
    if (word === '' || (expected !== undefined && word !== expected)) throw new Unreadable();
    this.at += 1;
    return word;
  }

  protected takes(word: string): boolean {
    if (this.word !== word) return false;
    this.at += 1;
    return true;
  }

  /** The end of a call's arguments. */
  protected closes(): void {
    this.takes(',');
    this.take(')');
  }

  /** Goes on to the end of what stands here: to a comma or a bracket that is not its own. */
  protected skip(): void {
    let depth = 0;
    while (this.word !== '') {
      if (depth === 0 && [',', ')', '}', ']'].includes(this.word)) break;
      if (['(', '[', '{', '${'].includes(this.label)) depth += 1;
      if ([')', ']', '}'].includes(this.label)) depth -= 1;
      this.at += 1;
    }
  }

  protected skipArguments(): void {
    while (!this.takes(')')) {
      this.skip();
      if (!this.takes(',') && this.word !== ')') throw new Unreadable();
    }
  }

  /** Where the constant stands that a name stands for: in this module, or in a shared one. */
  protected placeOf(name: string, depth: number): readonly [tokens: ModuleTokens, at: number] {
    this.sources.followed += 1;
    if (depth > deepest || this.sources.followed > mostNames) throw new Unreadable();
    const own = this.tokens.constantAt(name);
    if (own !== undefined) return [this.tokens, own];
    const imported = this.tokens.importOf(name);
    const module = /^#lib\/(.+)\.ts$/.exec(imported?.from ?? '')?.[1];
    const text = module === undefined ? undefined : this.sources.shared(module);
    const tokens = text === undefined ? undefined : maybeTokens(text);
    const at = imported && tokens?.constantAt(imported.name);
    if (!tokens || at === undefined) throw new Unreadable();
    return [tokens, at];
  }

  /** What was read of a constant must be all of it, but for its type. */
  protected endsStatement(): void {
    if (/^(?:|;|as|satisfies)$/.test(this.word)) return;
    const before = this.tokens.list[this.at - 1];
    const next = this.tokens.list[this.at];
    const isNextLine = before && next && this.tokens.text.slice(before.end, next.start).includes('\n');
    if (!isNextLine || !(this.label === 'name' || next.type.keyword !== undefined)) throw new Unreadable();
  }

  /** A key of an object that is written out. */
  protected key(): string {
    if (this.label === 'string') return String(this.literal());
    if (this.label !== 'name' && this.tokens.list[this.at]?.type.keyword === undefined)
      throw new Unreadable();
    return this.take();
  }

  /** JSON as JavaScript writes it; a name stands for the constant that it names. */
  protected literal(depth = 0): Json {
    const token = this.tokens.list[this.at];
    const { label } = this;
    const word = this.take();
    if (label === 'string' || label === 'num') return Reflect.get(token!, 'value') as Json;
    if (word === '-' && this.label === 'num') return -Number(this.literal());
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    if (word === '[') {
      const items: Json[] = [];
      while (!this.takes(']')) {
        items.push(this.literal(depth));
        if (!this.takes(',') && this.word !== ']') throw new Unreadable();
      }
      return items;
    }
    if (word === '{') {
      const entries: [string, Json][] = [];
      while (!this.takes('}')) {
        const name = this.key();
        this.take(':');
        entries.push([name, this.literal(depth)]);
        if (!this.takes(',') && this.word !== '}') throw new Unreadable();
      }
      return Object.fromEntries(entries);
    }
    // What is made of a name by `.`, `[` or a call has to be run to be known.
    if (label !== 'name' || ['.', '[', '('].includes(this.word)) throw new Unreadable();
    const there = new CodeCursor(...this.placeOf(word, depth), this.sources);
    const value = there.literal(depth + 1);
    there.endsStatement();
    return value;
  }
}

/** Undefined while the text is half typed. */
function maybeTokens(text: string): ModuleTokens | undefined {
  try {
    return moduleTokens(text);
  } catch {
    return undefined;
  }
}
