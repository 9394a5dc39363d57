// What keeps the classes of an open project's resources from compiling.

import type { Compiler } from '#engine/compiler.ts';
import type { ResourceProblem } from '#engine/workspace-port.ts';
import type { ProjectDocument } from '#model/document.ts';

export interface ResourceProblems {
  /** Whether the problems are others now. */
  documentChanged(document: ProjectDocument): boolean;
  all(): readonly ResourceProblem[];
}

export function createResourceProblems(first: ProjectDocument, compiler: Compiler): ResourceProblems {
  let document = first;
  let problems = find();

  // The compiler remembers what it has compiled: only what is new costs something.
  function find(): readonly ResourceProblem[] {
    return [...document.resources.values()].flatMap((resource) => {
      const compiled = compiler.compileResource(resource, document);
      if (compiled.ok) return [];
      const { message, line, column } = compiled.error;
      return [{ resource: resource.key, message, line, column }];
    });
  }

  return {
    documentChanged(next) {
      const isSame = next.resources === document.resources && next.modules === document.modules;
      document = next;
      if (isSame) return false;
      const had = problems.length;
      problems = find();
      return had > 0 || problems.length > 0;
    },
    all: () => problems,
  };
}
