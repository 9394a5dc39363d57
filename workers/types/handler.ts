// The types worker's logic: takes changes of the project in, checks in slices with a pause after each, so that
// a question never waits for the whole project.

import type { TypesEvent } from '#engine/types-port.ts';
import { createBodyChecker } from './body-checker.ts';
import type { TypesCalls } from './contract.ts';
import { createProjectTypes } from './project-types.ts';
import { followRename, renameField } from './rename-field.ts';

export interface TypesDeps {
  /** Text of a library file of TypeScript, such as "lib.es5.d.ts". */
  readLib(name: string): string | undefined;
  emit(event: TypesEvent): void;
  /** Calls back after whatever else waits has had its turn. */
  pause(callback: () => void): void;
}

export function createTypesHandler({ readLib, emit, pause }: TypesDeps): TypesCalls {
  const project = createProjectTypes(createBodyChecker(readLib));
  let isWorking = false;

  function work(): void {
    try {
      const results = project.checkSome();
      if (!results) {
        isWorking = false;
        return emit({ type: 'checked', results: [], left: 0 });
      }
      if (results.length > 0) emit({ type: 'checked', results, left: project.left() });
      pause(work);
    } catch (thrown) {
      isWorking = false;
      emit({ type: 'failed', message: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  }

  return {
    show(change) {
      project.change(change);
      if (isWorking) return;
      isWorking = true;
      pause(work);
    },
    focus: (id) => project.focus(id),
    renameField: (rename) => Promise.resolve(renameField(project, rename)),
    followRename: (rename) => Promise.resolve(followRename(project, rename)),
  };
}
