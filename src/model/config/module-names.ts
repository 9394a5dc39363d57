// The names that a module's text gives to what it imports and declares, as tokens. Never run.

import { type Token, tokenizer } from 'acorn';

export interface ModuleTokens {
  readonly text: string;
  readonly list: readonly Token[];
  textAt(at: number): string;
  labelAt(at: number): string;
  /** Where the value of the constant begins; undefined when the module has no constant of that name. */
  constantAt(name: string): number | undefined;
  /** Where the name comes from, when it is imported. "*" is the whole module. */
  importOf(local: string): { readonly name: string; readonly from: string } | undefined;
  /** What the module calls `name` of `from`. */
  localsOf(from: string, names: readonly string[]): readonly string[];
}

export function moduleTokens(text: string): ModuleTokens {
  const list = [...tokenizer(text, { ecmaVersion: 'latest', sourceType: 'module' })];
  const textAt = (at: number): string => {
    const token = list[at];
    return token ? text.slice(token.start, token.end) : '';
  };
  const labelAt = (at: number): string => list[at]?.type.label ?? '';
  let imports: readonly Imported[] | undefined;
  const imported = () => {
    imports ??= list.flatMap((_, at) => (textAt(at) === 'import' ? importsAt(at + 1, textAt, labelAt) : []));
    return imports;
  };
  return {
    text,
    list,
    textAt,
    labelAt,
    constantAt(name) {
      const at = list.findIndex((_, i) => textAt(i) === 'const' && textAt(i + 1) === name);
      if (at < 0) return undefined;
      // A type may stand between the name and its value.
      for (let i = at + 2; i < list.length && textAt(i) !== ';'; i++) if (textAt(i) === '=') return i + 1;
      return undefined;
    },
    importOf: (local) => imported().find((each) => each.local === local),
    localsOf: (from, names) =>
      imported().flatMap((each) => (each.from === from && names.includes(each.name) ? each.local : [])),
  };
}

interface Imported {
  readonly local: string;
  readonly name: string;
  readonly from: string;
}

/** What the import statement names whose first token is at `start`. */
function importsAt(
  start: number,
  textAt: (at: number) => string,
  labelAt: (at: number) => string,
): readonly Imported[] {
  const found: { local: string; name: string }[] = [];
  let at = textAt(start) === 'type' ? start + 1 : start;
  for (; textAt(at) !== 'from'; at++) {
    const label = labelAt(at);
    if (label === '') return [];
    if (textAt(at) === '*' && textAt(at + 1) === 'as') {
      found.push({ name: '*', local: textAt(at + 2) });
      at += 2;
    } else if (label === '{') {
      for (at += 1; textAt(at) !== '}'; at++) {
        if (labelAt(at) === '') return [];
        if (labelAt(at) !== 'name' || textAt(at) === 'type') continue;
        const name = textAt(at);
        const isRenamed = textAt(at + 1) === 'as';
        found.push({ name, local: isRenamed ? textAt(at + 2) : name });
        if (isRenamed) at += 2;
      }
    } else if (label === 'name') found.push({ name: 'default', local: textAt(at) });
  }
  const from = textAt(at + 1).slice(1, -1);
  return found.map((each) => ({ ...each, from }));
}
