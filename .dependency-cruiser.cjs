// The layers of the house: a folder may import only from lower numbers. See src/architecture.md.
const layers = [
  ['src/base'],
  ['src/model'],
  ['src/sdk'],
  ['src/engine'],
  ['src/storage', 'src/interop'],
  ['workers'],
  ['src/state'],
  ['src/ui'],
  ['src/app'],
];
const upward = layers.flatMap((own, level) =>
  own.map((folder) => ({
    name: `no-upward-from-${folder.replace('/', '-')}`,
    severity: 'error',
    from: { path: `^${folder}/`, pathNot: '\\.test\\.tsx?$' },
    to: {
      path: [...layers.slice(level + 1).flat(), ...own.filter((other) => other !== folder)].map(
        (f) => `^${f}/`,
      ),
    },
  })),
);
module.exports = {
  forbidden: [
    ...upward.filter((rule) => rule.to.path.length > 0),
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'screen-gets-ports',
      comment: 'state and ui never see storage or workers: compose.ts hands them ports.',
      severity: 'error',
      from: { path: '^src/(state|ui)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(src/storage|workers)/' },
    },
    {
      name: 'core-knows-no-browser-library',
      severity: 'error',
      from: { path: '^src/(base|model|sdk|engine|interop)/', pathNot: '\\.test\\.ts$' },
      to: { path: 'node_modules/(react|react-dom|@xyflow|@mantine|dexie|monaco-editor|zustand)/' },
    },
    {
      name: 'no-node-in-core',
      severity: 'error',
      from: { path: '^src/(base|model|sdk|engine|interop|state|ui)/', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
