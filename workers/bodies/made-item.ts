// Something that a step has made, with the bytes of its value.

import type { Made } from '#sdk/made.ts';
import type { FileChanges } from './step-resources.ts';

export interface MadeItem {
  readonly made: Made;
  readonly bytes?: Uint8Array;
  readonly isManaged?: true;
  /** What its IO manager has the engine keep. */
  readonly files?: FileChanges;
  readonly isUnstored?: true;
}
