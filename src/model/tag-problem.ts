// What tags may be: of assets and of their events (reference, §1.13).

const tagPart = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/** What is wrong with a tag; undefined when nothing is. */
export function tagProblem(name: string, value: string): string | undefined {
  const parts = name.split('/');
  if (parts.length > 2 || !parts.every((part) => tagPart.test(part)))
    return `“${name}” is not a valid tag name`;
  if (value.length > 63 || !/^[A-Za-z0-9._-]*$/.test(value))
    return `the value of “${name}” can have 63 letters, digits, “.”, “_” and “-”`;
  return undefined;
}
