// Why a value was refused, and how that travels: a signal thrown inside the codec, a Result outside it.

/** A value that cannot be stored as it is: the path to the first part at fault, and what is wrong with it. */
export interface ValueError {
  readonly type: 'NotStorable';
  /** E.g. "value[3].customer.load". At most 400 characters. */
  readonly path: string;
  /** Reads on from the path: "a function cannot be stored", "refers back to itself". */
  readonly reason: string;
}

/** Bytes that are no value of this format: cut off, damaged or forged. */
export interface CorruptValue {
  readonly type: 'CorruptValue';
  readonly reason: string;
}

/** Thrown and caught inside the encoder only. */
export class Refusal extends Error {
  readonly segment: string;

  constructor(reason: string, segment = '') {
    super(reason);
    this.segment = segment;
  }
}

/** What `decodeValue` throws. */
export class CorruptValueError extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(`The stored value cannot be read: ${reason}`);
    this.reason = reason;
    this.name = 'CorruptValueError';
  }
}

const MAX_PATH = 400;
const MAX_SEGMENT = 80;

/** The part of a path that names a property: ".customer" or "[\"odd key\"]". */
export function keySegment(key: string): string {
  if (/^[A-Za-z_$][\w$]*$/.test(key) && key.length <= MAX_SEGMENT) return `.${key}`;
  return `[${JSON.stringify(key.length > MAX_SEGMENT ? `${key.slice(0, MAX_SEGMENT)}…` : key)}]`;
}

/** Joins segments behind "value", leaving out the middle of a very long path. */
export function joinPath(segments: readonly string[]): string {
  const path = `value${segments.join('')}`;
  if (path.length <= MAX_PATH) return path;
  return `${path.slice(0, MAX_PATH / 2)}…${path.slice(1 - MAX_PATH / 2)}`;
}
