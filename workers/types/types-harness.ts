// A project in the hands of the types worker's logic, without a worker: for tests.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createTypesFeed } from '#engine/typed-assets.ts';
import type { TypedId, TypeProblem, TypesOfAsset } from '#engine/types-port.ts';
import type { ProjectDocument } from '#model/document.ts';
import { buildGraph } from '#model/graph.ts';
import { type BodyChecker, createBodyChecker } from './body-checker.ts';
import { createProjectTypes, type ProjectTypes } from './project-types.ts';

const libraries = createRequire(import.meta.url)
  .resolve('typescript')
  .replace(/typescript\.js$/, '');
const texts = new Map<string, string | undefined>();

export function readLib(name: string): string | undefined {
  if (!texts.has(name)) {
    let text: string | undefined;
    try {
      text = readFileSync(libraries + name, 'utf8');
    } catch {
      text = undefined;
    }
    texts.set(name, text);
  }
  return texts.get(name);
}

let checker: BodyChecker | undefined;

export interface TypesHarness {
  readonly project: ProjectTypes;
  /** Shows the document, checks everything and gives what was told. */
  show(document: ProjectDocument): readonly TypesOfAsset[];
  of(key: string): TypesOfAsset | undefined;
  /** What is told to be wrong in the body of this id. */
  problems(id: TypedId): readonly TypeProblem[];
}

export function typesHarness(): TypesHarness {
  // Reading the library is most of the work: once for all tests.
  checker ??= createBodyChecker(readLib);
  const project = createProjectTypes(checker);
  const feed = createTypesFeed();
  const latest = new Map<string, TypesOfAsset>();
  const byId = new Map<TypedId, TypesOfAsset>();
  return {
    project,
    show(document) {
      const change = feed.changeTo(buildGraph(document), () => undefined);
      if (change) project.change(change);
      const told: TypesOfAsset[] = [];
      for (let some = project.checkSome(); some; some = project.checkSome()) told.push(...some);
      for (const result of told) {
        latest.set(project.asset(result.id)?.key ?? '', result);
        byId.set(result.id, result);
      }
      return told;
    },
    of: (key) => latest.get(key),
    problems: (id) => byId.get(id)?.problems ?? [],
  };
}
