// Makes objects whose keys are all there, in display order, before their values are read. Setting the value of
// a key that is there can meet neither `__proto__` nor a frozen prototype.

/** A plain object with these keys, in this order, all undefined. */
export function blankObject(displayed: readonly string[]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (let i = 0; i < displayed.length; i++) {
    const key = displayed[i]!;
    if (key in Object.prototype) {
      Object.defineProperty(object, key, {
        value: undefined,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    } else {
      object[key] = undefined;
    }
  }
  return object;
}

/** The same without a prototype. */
export function blankNullObject(displayed: readonly string[]): Record<string, unknown> {
  const object = Object.create(null) as Record<string, unknown>;
  for (const key of displayed) object[key] = undefined;
  return object;
}
