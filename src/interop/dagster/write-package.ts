// What makes an exported Dagster project installable and readable: `pyproject.toml` and the README.

import type { ProjectDocument } from '#model/document.ts';
import type { ProjectFile } from '../typescript/project-files.ts';
import { type ExecutorName, executors } from './executors.ts';
import { printText } from './python.ts';

/** Says in `pyproject.toml` that the project is an export. */
export const dagsterMark = '[tool.headwater]';

export function dagsterPackageFiles(
  document: ProjectDocument,
  name: string,
  executor: ExecutorName,
): readonly ProjectFile[] {
  return [
    { path: '.gitignore', text: '__pycache__/\n*.egg-info/\n.dagster/\nstorage/\n' },
    { path: 'README.md', text: readme(document, name, executor) },
    { path: 'pyproject.toml', text: pyproject(document, name, executor) },
  ];
}

const titleOf = ({ info }: ProjectDocument): string => info.name.replace(/\s+/g, ' ').trim() || 'Project';

function pyproject(document: ProjectDocument, name: string, executor: ExecutorName): string {
  const integration = executors[executor].package;
  const dependencies = [
    'dagster>=1.13,<1.14',
    'fsspec>=2024.6',
    // Its versions count on their own: 0.29 belongs to Dagster 1.13.
    ...(integration === undefined ? [] : [`${integration}>=0.29,<0.30`]),
  ];
  return `[build-system]
requires = ["setuptools>=68"]
build-backend = "setuptools.build_meta"

[project]
name = ${printText(name.replaceAll('_', '-'))}
version = "0.1.0"
description = ${printText(document.info.description ?? titleOf(document))}
requires-python = ">=3.10"
dependencies = [
${dependencies.map((item) => `    ${printText(item)},\n`).join('')}]

[project.optional-dependencies]
arrow = ["pyarrow>=15"]
dev = ["dagster-webserver>=1.13,<1.14"]

[tool.setuptools.packages.find]
include = [${printText(name)}, ${printText(`${name}.*`)}]

[tool.setuptools.package-data]
${name} = ["typescript/**/*"]

[tool.dagster]
module_name = ${printText(`${name}.definitions`)}

${dagsterMark}
project = ${printText(document.info.name)}
`;
}

function readme(document: ProjectDocument, name: string, executor: ExecutorName): string {
  const { description } = document.info;
  const { size } = document.assets;
  return `# ${titleOf(document)}
${description === undefined ? '' : `\n${description}\n`}
${size} ${size === 1 ? 'asset' : 'assets'}, drawn in Headwater and written out as a Dagster project. The functions stay TypeScript: Dagster starts
Node 20.19 or newer for each of them, and nothing else has to be installed for that.

    pip install -e '.[dev]'
    dagster dev -m ${name}.definitions
    dagster asset materialize --select '*' -m ${name}.definitions

- \`${name}/definitions.py\` lists everything; \`${name}/assets/\` holds a module for each group.
- \`${name}/headwater.py\` keeps values and starts Node. \`${name}/typescript/\` is the same project in TypeScript, with the
  SDK in it; \`run-step.mjs\` runs one step and speaks Dagster Pipes.
- Values are files under \`HEADWATER_STORAGE\`, by default \`storage/\` in the folder where Dagster was started. It may
  be any address that fsspec opens. Tables are Arrow IPC files if pyarrow is installed (\`pip install -e '.[arrow]'\`), all
  else is JSON. An asset that you add in Python reads and writes them as Python values (\`values.py\`): a table is a list
  of dicts, or what its parameter is annotated with, \`pandas.DataFrame\` or \`pyarrow.Table\`.
- \`HEADWATER_NODE\` names the Node to use, by default \`node\`.

${executors[executor].needs}
`;
}
