// The words between the page and the types worker. Calls go through Comlink; events come on a port, so that
// the check of a whole project is never in the way of an answer.

import type { TypesPort } from '#engine/types-port.ts';

export interface TypesCalls {
  show: TypesPort['show'];
  focus: TypesPort['focus'];
  renameField: TypesPort['renameField'];
  followRename: TypesPort['followRename'];
}

/** The page's first message; the ports are transferred. */
export interface TypesStart {
  readonly calls: MessagePort;
  /** TypesEvents, worker to page. */
  readonly events: MessagePort;
}
