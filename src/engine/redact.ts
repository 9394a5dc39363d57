// Takes the values of secrets out of what a run says.

export const hidden = '••••';

/** Shorter ones would take too much of other texts with them: they are hidden only where they stand alone. */
const shortestInside = 4;

/** Gives plain data with every secret in its texts replaced; the very same data when there are no secrets. */
export function createRedactor(secrets: readonly string[]): <T>(said: T) => T {
  if (secrets.length === 0) return (said) => said;
  // The longest first: one may hold another.
  const sorted = secrets.toSorted((a, b) => b.length - a.length);
  const redactText = (text: string): string => {
    let redacted = text;
    for (const secret of sorted)
      if (secret.length >= shortestInside) redacted = redacted.replaceAll(secret, hidden);
      else if (redacted === secret) redacted = hidden;
    return redacted;
  };
  const redact = (said: unknown): unknown => {
    if (typeof said === 'string') return redactText(said);
    if (typeof said !== 'object' || said === null || ArrayBuffer.isView(said)) return said;
    if (Array.isArray(said)) return said.map(redact);
    return Object.fromEntries(Object.entries(said).map(([name, value]) => [redactText(name), redact(value)]));
  };
  // Every text is replaced by a text, so the shape stays.
  return <T>(said: T) => redact(said) as T;
}
