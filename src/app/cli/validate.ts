// `headwater validate`: every problem of a project and its data files, one a line.

import { compileProblem } from '#engine/code-version.ts';
import { createCompiler } from '#engine/compiler.ts';
import type { PlanProblem } from '#engine/plan-types.ts';
import { validateDocument } from '#model/validate.ts';
import { messageText } from '#ui/kit/messages.ts';
import { sha256 } from '../node/sha256.ts';
import { stripTypes } from '../node/strip-types.ts';
import { type ProjectFile, readProjectData } from './open-project-file.ts';
import type { ExitCode, Terminal } from './terminal.ts';

export function validateProject(project: ProjectFile, terminal: Terminal): ExitCode {
  const problems = findProblems(project);
  for (const problem of problems) terminal.say(problem.replaceAll('\n', ' '));
  if (problems.length > 0) return 1;
  const { assets } = project.document;
  terminal.out(`${assets.size} ${assets.size === 1 ? 'asset' : 'assets'}, no problems`);
  return 0;
}

function findProblems(project: ProjectFile): string[] {
  const { document } = project;
  const problems: PlanProblem[] = validateDocument(document);
  const compiler = createCompiler({ strip: stripTypes, sha256 });
  for (const asset of document.assets.values()) {
    const problem = compileProblem(asset, document, compiler);
    // A head that cannot be read has been found already.
    if (!problem || problems.some(({ type, assetId }) => type === 'HeadUnreadable' && assetId === asset.id))
      continue;
    const { message, line, column } = problem;
    problems.push({ type: 'BodyInvalid', assetId: asset.id, key: asset.key, message, line, column });
  }
  const words = problems.map((problem) => messageText(problem));
  for (const file of document.files.values()) {
    const bytes = readProjectData(project, file);
    if (!bytes.ok) words.push(bytes.error.message);
  }
  return words;
}
