// `headwater`: the command line over saved projects and modules. Bundled by vite.cli.config.ts.

/// <reference path="../runner-virtual.d.ts" />

import { ok } from '#base/result.ts';
import { exportProject } from './export-project.ts';
import { importProject } from './import-project.ts';
import { listProject } from './list.ts';
import { materializeProject } from './materialize.ts';
import { openProject } from './open-project.ts';
import { parseArguments, usageText } from './parse-arguments.ts';
import { readRunConfig } from './read-run-config.ts';
import { type ExitCode, processTerminal, type Terminal } from './terminal.ts';
import { validateProject } from './validate.ts';
import { wipeProject } from './wipe.ts';

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
  if (command.value.type === 'export') return exportProject(command.value, import.meta.url, terminal);
  if (command.value.type === 'import') return importProject(command.value, terminal);
  const config = command.value.type === 'materialize' && command.value.config;
  const runConfig = config ? readRunConfig(config) : ok(undefined);
  if (!runConfig.ok) {
    terminal.say(runConfig.error);
    return 2;
  }
  const opened = await openProject(command.value.file, import.meta.url);
  if (!opened.ok) {
    for (const line of opened.error.lines) terminal.say(line);
    return opened.error.code;
  }
  const project = opened.value;
  try {
    switch (command.value.type) {
      case 'list':
        return await listProject(project, command.value, terminal);
      case 'materialize':
        return await materializeProject(project, { ...command.value, config: runConfig.value }, terminal);
      case 'wipe':
        return await wipeProject(project, command.value, terminal);
      case 'validate':
        return validateProject(project, terminal);
    }
  } finally {
    await project.close();
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
