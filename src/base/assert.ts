// Bugs throw. Anything a user or the outside world can cause is a Result instead.

/** Marks a branch that the types rule out. */
export function unreachable(value: never): never {
  throw new Error(`Internal error: unexpected ${JSON.stringify(value)}`);
}
