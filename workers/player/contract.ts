// The words between a page that carries one project and its engine: as in the app, with the code of that project
// compiled beforehand and nothing stored.

import type { StrippedCode } from '#engine/stripped-code.ts';
import type { EngineStart } from '#workers/engine/contract.ts';

/** The ports in `engine` are transferred. */
export interface PlayerStart {
  readonly engine: EngineStart;
  readonly texts: StrippedCode['texts'];
}
