// What makes the files of a project run on plain Node: `package.json`, settings for editors, a first test, a README.

import type { ProjectDocument } from '#model/document.ts';
import type { ProjectFile } from './project-files.ts';

/** Where the SDK and the command line lie in an exported project. */
export const vendorFolder = 'vendor/headwater';

/** The same for every export of a document. */
export function packageFiles(document: ProjectDocument): readonly ProjectFile[] {
  return [
    { path: '.gitignore', text: 'node_modules/\n.headwater/\n' },
    { path: 'README.md', text: readme(document) },
    { path: 'package.json', text: json(packageJson(document)) },
    { path: 'tests/definitions.test.ts', text: definitionsTest },
    { path: 'tsconfig.json', text: json(tsconfig) },
  ];
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const packageJson = ({ info }: ProjectDocument) => ({
  name: packageName(info.name),
  version: '0.1.0',
  private: true,
  type: 'module',
  engines: { node: '>=20.19' },
  bin: { headwater: `./${vendorFolder}/headwater.mjs` },
  imports: { '#lib/*': './lib/*', '#types/*': './types/*.ts' },
  scripts: {
    test: `node --import ./${vendorFolder}/register-hooks.mjs --test tests/*.test.ts`,
    materialize: "headwater materialize --select '*'",
  },
});

const packageName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100) || 'project';

const tsconfig = {
  compilerOptions: {
    target: 'ESNext',
    module: 'ESNext',
    moduleResolution: 'bundler',
    lib: ['ESNext', 'DOM'],
    strict: true,
    // Bodies get the types of their parameters from the graph.
    noImplicitAny: false,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: [
    'definitions.ts',
    'assets',
    'checks',
    'lib',
    'ops',
    'resources',
    'types',
    `${vendorFolder}/*.d.ts`,
  ],
};

const definitionsTest = `import { test } from 'node:test';
import definitions from '../definitions.ts';

test('the definitions stand', () => {
  definitions.validate();
});
`;

function readme(document: ProjectDocument): string {
  const { info, assets } = document;
  const title = info.name.replace(/\s+/g, ' ').trim() || 'Project';
  return `# ${title}
${info.description === undefined ? '' : `\n${info.description}\n`}
${assets.size} ${assets.size === 1 ? 'asset' : 'assets'}, drawn in Headwater and written out as TypeScript. It runs on Node 20.19 or newer; nothing has
to be installed, and no network is used.

    npx headwater list
    npx headwater materialize --select '*'
    npm test

- \`definitions.ts\` lists everything. \`assets/\`, \`checks/\`, \`ops/\` and \`resources/\` hold one definition a file: its options
  first, then the function as it was written.
- \`data/\` holds data files, \`lib/\` modules that the functions share.
- \`tests/\` holds what was captured from runs (\`*.cases.json\`), and asks for it again.
- \`canvas.json\` keeps where things stand on the canvas, and the little that code does not say.
- \`types/\` says what each function is given, for editors and \`tsc\`.
- \`${vendorFolder}/\` is the SDK and the command line.

To draw it again, drop a zip of this folder on the list of projects in Headwater, or run
\`npx headwater import typescript . --out project.headwater.json\`. The files are parsed, never run, on the way in.
`;
}
