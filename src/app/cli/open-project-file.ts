// A saved project on disk: its document, its data files, and lanes for its bodies.

import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { libraryText, workerText } from 'virtual:runner-node';
import { err, ok, type Result } from '#base/result.ts';
import { compileProblem } from '#engine/code-version.ts';
import type { CompileProblem } from '#engine/compile-body.ts';
import { type Compiler, createCompiler } from '#engine/compiler.ts';
import { managedInputs, planResources, withEnvironment } from '#engine/lane-resource.ts';
import type { PlanProblem } from '#engine/plan-types.ts';
import { type DataFile, type ProjectDocument, projectFileEnding } from '#model/document.ts';
import type { BodyError } from '#model/events.ts';
import { asProjectId, type ProjectId } from '#model/ids.ts';
import { type DocumentProblem, parseDocument } from '#model/parse-document.ts';
import { validateDocument } from '#model/validate.ts';
import { messageText } from '#ui/kit/messages.ts';
import { createNodeRunner } from '#workers/bodies/node-runner.ts';
import { decodeToValue } from '#workers/engine/data-files.ts';
import { sha256 } from '../node/sha256.ts';
import { stripTypes } from '../node/strip-types.ts';
import { documentByKey } from './document-by-key.ts';
import type { Project } from './project.ts';

const defaultTimeoutMs = 300_000;

export type OpenError =
  | { readonly type: 'WrongFile'; readonly message: string }
  | { readonly type: 'BadDocument'; readonly problems: readonly DocumentProblem[] };

export function openProjectFile(file: string): Result<Project, OpenError> {
  const path = resolve(file);
  const wrong = (message: string) => err<OpenError>({ type: 'WrongFile', message });
  let text: string;
  try {
    if (statSync(path).isDirectory())
      return wrong(`${file} is a folder without a definitions.ts: it is no exported project.`);
    text = readFileSync(path, 'utf8');
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code;
    return wrong(code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${code}).`);
  }
  const parsed = parseDocument(text);
  if (!parsed.ok) return err({ type: 'BadDocument', problems: parsed.error });
  const name = basename(path);
  return ok(
    savedProject(
      path,
      asProjectId(name.endsWith(projectFileEnding) ? name.slice(0, -projectFileEnding.length) : name),
      parsed.value,
    ),
  );
}

function savedProject(path: string, projectId: ProjectId, document: ProjectDocument): Project {
  const compiler = createCompiler({ strip: stripTypes, sha256 });
  return {
    path,
    projectId,
    document,
    compiler,
    configIn: 'document',
    findProblems: () => findProblems(path, document, compiler),
    // Two assets of one key would become one by their keys.
    findFatalProblems: () =>
      validateDocument(document)
        .filter(({ type }) => type === 'DuplicateKey')
        .map(messageText),
    async decodeFile(step) {
      // Planning has seen to it that the document has the file.
      const file = document.files.get(step.asset.path)!;
      const bytes = readProjectData(path, file);
      return bytes.ok ? decodeToValue(file, bytes.value, step.asset) : bytes;
    },
    async prepare({ config, plan }) {
      if (config?.resources)
        return err({
          type: 'ConfigRefused',
          message: 'Config of resources is not there yet for saved projects: it takes “assets”.',
        });
      const resources = planResources(plan, documentByKey(document), compiler);
      if (!resources.ok)
        return err({ type: 'SetupFailed', message: messageText(resources.error), details: [] });
      const runner = createNodeRunner({ workerText, libraryText });
      return ok({
        runner,
        spec: {
          defaultTimeoutMs,
          managerOf: managedInputs(plan, documentByKey(document)),
          ...(await withEnvironment(resources.value, async (name) => process.env[name])),
        },
        onCommitted: () => undefined,
        stackOf: () => undefined,
        async end() {
          runner.dispose();
          return [];
        },
      });
    },
    close: async () => undefined,
  };
}

function findProblems(path: string, document: ProjectDocument, compiler: Compiler): string[] {
  const problems: PlanProblem[] = validateDocument(document);
  for (const asset of document.assets.values()) {
    const problem = compileProblem(asset, document, compiler);
    // A head that cannot be read has been found already.
    if (!problem || problems.some(({ type, assetId }) => type === 'HeadUnreadable' && assetId === asset.id))
      continue;
    const { message, line, column } = problem;
    problems.push({ type: 'BodyInvalid', assetId: asset.id, key: asset.key, message, line, column });
  }
  const words = problems.map((problem) => messageText(problem));
  for (const resource of document.resources.values()) {
    const compiled = compiler.compileResource(resource, document);
    if (!compiled.ok) words.push(resourceProblemText(resource.key, compiled.error));
  }
  for (const file of document.files.values()) {
    const bytes = readProjectData(path, file);
    if (!bytes.ok) words.push(bytes.error.message);
  }
  return words;
}

const resourceProblemText = (key: string, { message, line, column }: CompileProblem): string =>
  `The resource “${key}” does not compile (line ${line}, column ${column}): ${message}`;

/** A data file's bytes, from the document or from beside it; the error says what is wrong with them. */
export function readProjectData(path: string, file: DataFile): Result<Uint8Array, BodyError> {
  let bytes: Uint8Array;
  if (file.data !== undefined) bytes = Buffer.from(file.data, 'base64');
  else {
    try {
      bytes = readFileSync(join(dirname(path), file.path));
    } catch {
      return err({
        name: 'FileMissing',
        message: `The data file “${file.path}” is not beside ${basename(path)}.`,
      });
    }
  }
  if (sha256(bytes) !== file.sha256)
    return err({
      name: 'FileChanged',
      message: `The data file “${file.path}” is not the one the project was made with (its hash differs).`,
    });
  return ok(bytes);
}
