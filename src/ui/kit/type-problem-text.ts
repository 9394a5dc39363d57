// A complaint about types in the words of the graph where it is about an input; else in the checker's.

import type { TypeProblem } from '#engine/types-port.ts';

export interface TypeProblemText {
  readonly title: string;
  readonly next?: string;
}

/** `makerKey` is the key of the asset behind the input that the problem is about. */
export function typeProblemText(problem: TypeProblem, makerKey: string | undefined): TypeProblemText {
  const { input, missing, message } = problem;
  if (input && missing) {
    const maker = makerKey ?? input.name;
    return missing.renamedTo === undefined
      ? { title: `“${maker}” has no field “${missing.field}”.` }
      : { title: `“${missing.field}” of “${maker}” is called “${missing.renamedTo}” now.` };
  }
  const [title = '', ...more] = message.split('\n').map((line) => line.trim());
  const last = more.at(-1);
  const about = input && makerKey !== undefined ? `It comes from “${makerKey}”.` : undefined;
  const next = [last, about].filter((line) => line !== undefined).join(' ');
  return next === '' ? { title } : { title, next };
}
