// A document as the files of a TypeScript project, in stable order.

import type { DataFile, ProjectDocument } from '#model/document.ts';
import { fileNames } from './file-names.ts';
import {
  assetFile,
  checkFile,
  type DefinitionFile,
  moduleFile,
  type ProjectFile,
  resourceFile,
  unitFiles,
} from './project-files.ts';
import { dataPath } from './write-asset.ts';
import { canvasPath, writeCanvas } from './write-canvas.ts';
import { type DefinitionModule, writeDefinitions } from './write-definitions.ts';
import { testFiles } from './write-tests.ts';

export interface WrittenProject {
  /** By path. */
  readonly files: readonly ProjectFile[];
  /** Data files with the places where their bytes belong. */
  readonly data: readonly { readonly path: string; readonly file: DataFile }[];
}

export const definitionsPath = 'definitions.ts';

/** What the graph says. What makes it run (`package.json` and its like) is added by whoever writes it somewhere. */
export function writeProject(document: ProjectDocument): WrittenProject {
  const names = fileNames(document);
  const assets = names.order.assets.flatMap(({ id }) => assetFile(document, id) ?? []);
  const units = names.order.units.map((unit) => unitFiles(document, unit));
  const checks = names.order.checks.flatMap((check) => checkFile(document, check) ?? []);
  const resources = names.order.resources.flatMap((resource) => resourceFile(document, resource) ?? []);
  const modules = [...document.modules.values()].map(moduleFile);
  const files: readonly DefinitionFile[] = [...assets, ...units.flat(), ...checks, ...resources, ...modules];
  const data = [...document.files.values()].map((file) => ({ path: dataPath(file.path), file }));
  const asModule = (file: DefinitionFile): readonly DefinitionModule[] => {
    const { subject, maker, hasOptions = false } = file;
    const name =
      subject.type === 'asset'
        ? names.assets.get(subject.id)
        : subject.type === 'unit'
          ? names.units.get(subject.id)
          : subject.type === 'check'
            ? names.checks.get(subject.id)
            : undefined;
    return name ? [{ name, maker, hasOptions }] : [];
  };
  const definitions = writeDefinitions(names, {
    assets: [...assets, ...units.flatMap(([own]) => own ?? [])].flatMap(asModule),
    checks: checks.flatMap(asModule),
  });
  const all: ProjectFile[] = [
    ...files,
    ...testFiles(document),
    { path: definitionsPath, text: definitions },
    { path: canvasPath, text: writeCanvas(document, files, data) },
  ];
  return { files: all.sort((a, b) => (a.path < b.path ? -1 : 1)), data };
}
