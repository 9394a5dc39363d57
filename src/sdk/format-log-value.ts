// One argument of a log call as text. Bounded, and never runs user code more than it must.

const maxText = 10_000;

/** Strings as they are, errors by their stack-free text, the rest as bounded JSON. */
export function formatLogValue(value: unknown): string {
  try {
    return clip(textOf(value));
  } catch {
    // A hostile getter or toString: the line says so instead of failing the step.
    return '[value that cannot be shown]';
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `[function ${value.name || 'anonymous'}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Map) return `Map(${value.size}) ${textOf([...value].slice(0, 100))}`;
  if (value instanceof Set) return `Set(${value.size}) ${textOf([...value].slice(0, 100))}`;
  let budget = 1_000;
  const text = JSON.stringify(value, (_key, item: unknown) => {
    budget -= 1;
    if (budget < 0) return undefined;
    if (typeof item === 'bigint') return `${item}n`;
    if (Array.isArray(item) && item.length > 100)
      return [...item.slice(0, 100), `… ${item.length - 100} more`];
    return item;
  });
  return text ?? Object.prototype.toString.call(value);
}

const clip = (text: string): string =>
  text.length <= maxText ? text : `${text.slice(0, maxText)}… (${text.length - maxText} more characters)`;
