// Which IO manager keeps an asset's value.

import type { Asset, ProjectDocument } from './document.ts';

/** Key of the manager that keeps values in memory, as long as the process lives. */
const memoryManager = 'memory';

/** Key of the manager that keeps the asset's value; undefined when it is the engine's own store. */
export function ioManagerOf(
  { ioManager = 'io_manager' }: Pick<Asset, 'ioManager'>,
  { resources }: Pick<ProjectDocument, 'resources'>,
): string | undefined {
  if (resources.has(ioManager)) return resources.get(ioManager)?.kind === 'ioManager' ? ioManager : undefined;
  return ioManager === memoryManager ? ioManager : undefined;
}

/** Is this the manager of every project that keeps values in memory? */
export const isForgetful = (manager: string, { resources }: Pick<ProjectDocument, 'resources'>): boolean =>
  manager === memoryManager && !resources.has(manager);
