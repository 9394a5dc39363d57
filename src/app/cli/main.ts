// `headwater`: the command line over saved projects. Bundled to one file by vite.cli.config.ts.

/// <reference path="../runner-virtual.d.ts" />

import { messageText } from '#ui/kit/messages.ts';
import { listProject } from './list.ts';
import { materializeProject } from './materialize.ts';
import { openProjectFile } from './open-project-file.ts';
import { parseArguments, usageText } from './parse-arguments.ts';
import { type ExitCode, processTerminal, type Terminal } from './terminal.ts';
import { validateProject } from './validate.ts';

async function main(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const command = parseArguments(argv);
  if (!command.ok) {
    terminal.say(`${command.error.message}\n\n${usageText}`);
    return 2;
  }
  if (command.value.type === 'help') {
    terminal.out(usageText);
    return 0;
  }
  const project = openProjectFile(command.value.file);
  if (!project.ok) {
    if (project.error.type === 'WrongFile') {
      terminal.say(project.error.message);
      return 2;
    }
    for (const problem of project.error.problems) terminal.say(messageText(problem));
    return 1;
  }
  switch (command.value.type) {
    case 'list':
      return listProject(project.value, command.value, terminal);
    case 'materialize':
      return materializeProject(project.value, command.value, terminal);
    case 'validate':
      return validateProject(project.value, terminal);
  }
}

// A closed pipe (`headwater list … | head -1`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2), processTerminal);
} catch (thrown) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  processTerminal.say(`Something went wrong inside Headwater: ${error.message}\n${error.stack ?? ''}`);
  process.exitCode = 1;
}
