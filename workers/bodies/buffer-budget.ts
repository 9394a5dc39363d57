// Counts the bytes of the buffers that bodies make, so that a body which hoards them fails by itself before the
// browser ends the whole process. Bytes come back when the collector has freed a buffer, which can be noticed
// only between turns of the event loop: one long synchronous stretch is charged for all that it allocates.

/** Smaller buffers are the collector's business: a hoard of them is an ordinary full heap. */
const countedFrom = 64 * 1024;

export interface BufferBudget {
  /** Returns what to throw when the lane may not hold that much. */
  onBytes: (held: number) => Error | undefined;
}

type Constructor = new (...args: unknown[]) => object;

/** Puts counting constructors in the place of the global ones. Before the realm is frozen. */
export function installBufferBudget(scope: Record<string, unknown>): BufferBudget {
  const budget: BufferBudget = { onBytes: () => undefined };
  let held = 0;
  const freed = new FinalizationRegistry<number>((bytes) => {
    held -= bytes;
  });
  const claim = (bytes: number): void => {
    const refusal = budget.onBytes(held + bytes);
    if (refusal !== undefined) throw refusal;
  };
  const count = (buffer: object, bytes: number): void => {
    if (bytes < countedFrom) return;
    held += bytes;
    freed.register(buffer, bytes);
  };

  for (const name of ['ArrayBuffer', 'SharedArrayBuffer']) {
    wrap(scope, name, (construct, args) => {
      const bytes = Math.max(Number(args[0]) || 0, Number(readField(args[1], 'maxByteLength')) || 0);
      if (bytes >= countedFrom) claim(bytes);
      const buffer = construct(args);
      count(buffer, bytes);
      return buffer;
    });
  }
  for (const name of typedArrays) {
    const size = Number(readField(scope[name], 'BYTES_PER_ELEMENT'));
    wrap(scope, name, (construct, args) => {
      const source = args[0];
      // The way of nearly all arrays, our own codec's too: short, by length.
      if (typeof source === 'number' && source * size < countedFrom) return construct(args);
      if (isBuffer(source)) return construct(args);
      const length = typeof source === 'object' ? Number(readField(source, 'length')) : Number(source);
      if (length * size >= countedFrom) claim(length * size);
      const array = construct(args) as ArrayBufferView;
      count(array.buffer, array.byteLength);
      return array;
    });
  }
  wrap(scope.WebAssembly as Record<string, unknown>, 'Memory', (construct, args) => {
    const bytes = (Number(readField(args[0], 'initial')) || 0) * 65_536;
    claim(bytes);
    const memory = construct(args);
    count(memory, bytes);
    return memory;
  });
  const growMemory = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function grow(this: WebAssembly.Memory, pages: number): number {
    claim(pages * 65_536);
    const before = Reflect.apply(growMemory, this, [pages]);
    count(this, pages * 65_536);
    return before;
  };
  return budget;
}

const typedArrays = (
  'Uint8Array Int8Array Uint8ClampedArray Uint16Array Int16Array Uint32Array Int32Array Float32Array Float64Array ' +
  'BigUint64Array BigInt64Array Float16Array'
).split(' ');

// A stand-in that shares the original's prototype and statics, so that `instanceof` and `from` work as ever.
function wrap(
  holder: Record<string, unknown>,
  name: string,
  make: (construct: (args: unknown[]) => object, args: unknown[]) => object,
): void {
  if (holder[name] === undefined) return;
  const original = holder[name] as Constructor;
  // None of these takes more than three arguments, and for each `undefined` means the same as nothing.
  const construct = (args: readonly unknown[]): object => new original(args[0], args[1], args[2]);
  function standIn(...args: unknown[]): object {
    const target = new.target as unknown as Constructor | undefined;
    if (target === undefined) throw new TypeError(`Constructor ${name} requires 'new'`);
    if (target === (standIn as unknown)) return make(construct, args);
    return make((given) => Reflect.construct(original, given, target), args);
  }
  Object.setPrototypeOf(standIn, Object.getPrototypeOf(original));
  for (const key of Reflect.ownKeys(original)) {
    const descriptor = Object.getOwnPropertyDescriptor(original, key);
    if (descriptor === undefined) continue;
    // A function's own `prototype` cannot be redefined, only assigned.
    if (key === 'prototype') standIn.prototype = descriptor.value;
    else Object.defineProperty(standIn, key, descriptor);
  }
  Object.defineProperty(standIn, 'prototype', { writable: false });
  Object.defineProperty(original.prototype, 'constructor', {
    value: standIn,
    writable: true,
    configurable: true,
    enumerable: false,
  });
  Object.defineProperty(holder, name, {
    value: standIn,
    writable: true,
    configurable: true,
    enumerable: false,
  });
}

const isBuffer = (value: unknown): boolean =>
  value instanceof ArrayBuffer ||
  (typeof SharedArrayBuffer !== 'undefined' && value instanceof SharedArrayBuffer);

const readField = (value: unknown, field: string): unknown =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'
    ? Reflect.get(value, field)
    : undefined;
