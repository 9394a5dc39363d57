// A body as text, and what stands in its head. Reads, never runs.

import { type BodyHead, readBodyHead } from '#model/body-head.ts';

/** The body as a module's default export: what the graph is read from. */
export function textOfBody(body: object): string {
  const text = Function.prototype.toString.call(body);
  if (
    /^(?:async\s+)?function\b/.test(text) ||
    /^(?:async\s*)?\(/.test(text) ||
    /^(?:async\s+)?[\w$]+\s*=>/.test(text)
  )
    return `export default ${text}`;
  // A method's text has no `function` in front: `orders({ a }) {}` becomes `function orders({ a }) {}`.
  const method = /^(async\s+)?(\*\s*)?/.exec(text)!;
  return `export default ${method[1] ?? ''}function ${method[2] ?? ''}${text.slice(method[0].length)}`;
}

/** The names that the body's first parameter destructures. Throws where it cannot be read. */
export function inputsOf(bodyText: string, label: string): BodyHead['inputs'] {
  const head = readBodyHead(bodyText);
  if (!head.ok) throw new TypeError(`“${label}”: ${head.error.message}`);
  return head.value.inputs;
}
