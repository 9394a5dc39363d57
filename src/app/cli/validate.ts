// `headwater validate`: every problem of a project and its data files, one a line.

import type { Project } from './project.ts';
import type { ExitCode, Terminal } from './terminal.ts';

export function validateProject(project: Project, terminal: Terminal): ExitCode {
  const problems = project.findProblems();
  for (const problem of problems) terminal.say(problem.replaceAll('\n', ' '));
  if (problems.length > 0) return 1;
  const { assets } = project.document;
  terminal.out(`${assets.size} ${assets.size === 1 ? 'asset' : 'assets'}, no problems`);
  return 0;
}
