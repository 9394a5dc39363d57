// Why two assets cannot be connected, short enough to stand beside the pointer.

import type { CommandError } from '#model/commands/command.ts';

export function connectWords(error: CommandError): string {
  switch (error.type) {
    case 'CycleFound':
      return error.path.length === 1
        ? 'An asset cannot read itself.'
        : `Would close the cycle ${[...error.path, error.path[0]].join(' → ')}.`;
    case 'AlreadyConnected':
      return `${error.to} reads ${error.from} already.`;
    case 'NoInputs':
      return `${error.key} takes no input: ${error.reason.replace(/\.?$/, '.')}`;
    default:
      return 'These cannot be connected.';
  }
}
