// A value that is known only where a run happens: the name of an environment variable stands in for it.

type Kind = 'string' | 'int';

/**
 * Stands for the value of an environment variable in a resource's fields: `host: new EnvVar('DB_HOST')`. The
 * variable is read when a run launches, and its value is redacted in logs. As text it is its name only.
 * Throws a TypeError for a name that no environment can hold. Dagster: EnvVar.
 */
export class EnvVar {
  /** The variable's name. */
  readonly name: string;
  readonly #kind: Kind;

  constructor(name: string, kind: Kind = 'string') {
    if (typeof name !== 'string' || !/^[^=\0]+$/.test(name))
      throw new TypeError('EnvVar takes the name of an environment variable: text without “=”.');
    this.name = name;
    this.#kind = kind;
    Object.freeze(this);
  }

  /** A variable whose text is read as a whole number at launch. Dagster: `EnvVar.int`. */
  static int(name: string): EnvVar {
    return new EnvVar(name, 'int');
  }

  /** The name, never the value: `EnvVar(DB_HOST)`. */
  toString(): string {
    return `EnvVar(${this.name})`;
  }

  /** What JSON shows of it: the name, never the value. */
  toJSON(): string {
    return this.toString();
  }

  /**
   * For a launch: what the variable's text stands for. Throws a TypeError when the variable is not set, or is
   * no whole number where `EnvVar.int` asks for one; the text itself is never part of the message.
   */
  static read(envVar: EnvVar, text: string | undefined): string | number {
    if (text === undefined) throw new TypeError(`The environment variable “${envVar.name}” is not set.`);
    if (envVar.#kind === 'string') return text;
    const number = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(number))
      throw new TypeError(`The environment variable “${envVar.name}” does not hold a whole number.`);
    return number;
  }
}
