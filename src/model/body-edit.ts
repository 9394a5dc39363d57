// Edits of a body's head that keep code and edges in step: adding, removing and renaming an input.
// Every edit is a small splice, so that the author's own text and layout stay.

import { readBodyHead } from './body-head.ts';

/** Replace `[start, end)` of a text by `insert`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
}

export const applySplice = (text: string, { start, end, insert }: Splice): string =>
  text.slice(0, start) + insert + text.slice(end);

/** What makes `name` an input, bound to `local`; undefined when it already is or the head cannot be read. */
export function spliceAddingInput(body: string, name: string, local = name): Splice | undefined {
  const head = readBodyHead(body);
  if (!head.ok || head.value.inputs.some((input) => input.name === name)) return undefined;
  const { pattern, inputs, parameters, hasParameter } = head.value;
  const element = local === name ? name : `${JSON.stringify(name)}: ${local}`;
  if (pattern === undefined) {
    if (!hasParameter) return { start: parameters, end: parameters, insert: `{ ${element} }` };
    // `_unused` stands where the pattern belongs.
    const unused = /^\s*[\w$]+/.exec(body.slice(parameters))?.[0] ?? '';
    return { start: parameters, end: parameters + unused.length, insert: `{ ${element} }` };
  }
  const last = inputs[inputs.length - 1];
  if (last) return { start: last.end, end: last.end, insert: `, ${element}` };
  return { start: pattern.start, end: pattern.end, insert: ` ${element} ` };
}

/** What takes the input `name` out; undefined when it is not there. */
export function spliceRemovingInput(body: string, name: string): Splice | undefined {
  const head = readBodyHead(body);
  if (!head.ok || head.value.pattern === undefined) return undefined;
  const { inputs, pattern } = head.value;
  const index = inputs.findIndex((input) => input.name === name);
  const input = inputs[index];
  if (!input) return undefined;
  if (inputs.length === 1) return { start: pattern.start, end: pattern.end, insert: '' };
  const previous = inputs[index - 1];
  const next = inputs[index + 1];
  if (next) return { start: input.start, end: next.start, insert: '' };
  return { start: previous!.end, end: input.end, insert: '' };
}

/** What renames the input `from` to `to`, keeping the local variable that the body already uses. */
export function spliceRenamingInput(body: string, from: string, to: string): Splice | undefined {
  const head = readBodyHead(body);
  if (!head.ok) return undefined;
  const input = head.value.inputs.find((candidate) => candidate.name === from);
  if (!input) return undefined;
  const element = body.slice(input.start, input.end);
  const rest = /^(?:[\w$]+|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/.exec(element);
  if (!rest) return undefined;
  const after = element.slice(rest[0].length);
  const renamed = /^[A-Za-z_$][\w$]*$/.test(to) ? to : JSON.stringify(to);
  const insert = /^\s*:/.test(after) ? renamed + after : `${renamed}: ${input.local}${after}`;
  return { start: input.start, end: input.end, insert };
}
