import ts from 'typescript';
import { expect, test } from 'vitest';
import { bodyLibrary } from '#sdk/body-library.ts';
import { resourceTemplates } from './resource-templates.ts';

/** What a strict compiler says of a class, told of the SDK as the editor is. */
function problemsOf(body: string): readonly string[] {
  const texts = new Map([
    ['/library.d.ts', bodyLibrary],
    ['/resource.ts', body],
  ]);
  const options: ts.CompilerOptions = {
    strict: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.esnext.d.ts'],
    types: [],
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([...texts.keys()], options, {
    ...host,
    fileExists: (path) => texts.has(path) || host.fileExists(path),
    readFile: (path) => texts.get(path) ?? host.readFile(path),
    getSourceFile(path, version) {
      const text = texts.get(path);
      return text === undefined
        ? host.getSourceFile(path, version)
        : ts.createSourceFile(path, text, version, true);
    },
  });
  const file = program.getSourceFile('/resource.ts');
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
  );
}

test.each(resourceTemplates.map(({ label, make }) => [label, make.body]))(
  'a new resource begins without problems of types: %s',
  (_, body) => {
    expect(problemsOf(body)).toEqual([]);
  },
  60_000,
);
