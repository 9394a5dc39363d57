// Checks bodies with the TypeScript compiler, each against the printed types of its inputs. A body never sees
// another body: what an edit costs does not grow with the project, and a chain of thousands recurses nowhere.

import ts from 'typescript';
import {
  type CheckedBody,
  checkedBody,
  givenTypes,
  headMessage,
  ignoredDiagnostics,
  resourceModule,
  resourceTypes,
  shownSpan,
} from '#engine/checked-body.ts';
import type { TypedPart } from '#engine/types-port.ts';
import { positionAt } from '#model/position-at.ts';
import { bodyLibrary } from '#sdk/body-library.ts';
import { type FieldUse, inputBehind } from './input-behind.ts';
import { createTypePrinter } from './print-type.ts';

export interface BodyToCheck {
  readonly key: string;
  readonly body: string;
  readonly inputs: readonly { readonly name: string; readonly type: string }[];
  /** Takes its inputs by position. */
  readonly isOp?: true;
  /** The type of its config, where it is known. */
  readonly config?: string;
  /** The several things that it makes. */
  readonly parts?: readonly TypedPart[];
}

export interface BodyFinding {
  readonly message: string;
  readonly code: number;
  readonly line: number;
  readonly column: number;
  /** Name of the input that it is about. */
  readonly input?: string;
  /** A use of a field that the input does not have. */
  readonly missing?: FieldUse;
}

export interface BodyTypes {
  /** Absent while the body cannot be parsed: the type it had before is the better guess. */
  readonly output?: string;
  /** The types of `parts`. */
  readonly parts?: Readonly<Record<string, string>>;
  readonly findings: readonly BodyFinding[];
}

export interface BodyChecker {
  /** Shared modules by name. */
  setModules(modules: readonly { readonly name: string; readonly body: string }[]): void;
  /** What every body finds in `context.resources`. */
  setResources(resources: readonly { readonly key: string; readonly body: string }[]): void;
  /** At most `slots` bodies. */
  check(bodies: readonly BodyToCheck[]): BodyTypes[];
  readonly slots: number;
}

/** `readLib` gives the text of a library file of TypeScript, such as "lib.es5.d.ts". */
export function createBodyChecker(readLib: (name: string) => string | undefined): BodyChecker {
  const libraries = new Map<string, ts.SourceFile | undefined>();
  const modules = new Map<string, ts.SourceFile>();
  const resources = new Map<string, ts.SourceFile>();
  const putResources = (list: readonly { readonly key: string; readonly body: string }[]) => {
    const before = new Map(resources);
    resources.clear();
    const keys: string[] = [];
    for (const { key, body } of list) {
      const path = resourcePath(resourceModule(key));
      // While a class is typed it is what it was.
      const file = hasSyntax(body) ? parse(path, body) : before.get(path);
      if (!file) continue;
      keys.push(key);
      resources.set(path, file);
    }
    resources.set(resourcesPath, parse(resourcesPath, resourceTypes(keys)));
  };
  putResources([]);
  libraries.set(libraryPath, parse(libraryPath, bodyLibrary));
  const library = (path: string): ts.SourceFile | undefined => {
    if (!libraries.has(path)) {
      const text = readLib(path.slice(1));
      libraries.set(path, text === undefined ? undefined : parse(path, text));
    }
    return libraries.get(path);
  };
  // Two of them, so that an edit of one body does not pay for the slots of the background check.
  const extra = (path: string) => modules.get(path) ?? resources.get(path) ?? library(path);
  const single = createBench(1, extra);
  const many = createBench(manySlots, extra);
  return {
    slots: manySlots,
    setModules(next) {
      modules.clear();
      for (const { name, body } of next) {
        const path = `/lib/${name}.ts`;
        modules.set(path, parse(path, body));
      }
    },
    setResources: putResources,
    check: (bodies) => (bodies.length === 1 ? single(bodies) : many(bodies)),
  };
}

const manySlots = 24;
const libraryPath = '/headwater.d.ts';
const resourcesPath = '/resources.d.ts';
const resourcePath = (specifier: string): string => `/${specifier.slice(1)}.ts`;

const parse = (path: string, text: string): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);

const hasSyntax = (text: string): boolean =>
  ts.transpileModule(text, { reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ESNext } })
    .diagnostics?.length === 0;

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.esnext.d.ts'],
  types: [],
  strict: true,
  useUnknownInCatchVariables: false,
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
};

function createBench(
  slots: number,
  library: (path: string) => ts.SourceFile | undefined,
): (bodies: readonly BodyToCheck[]) => BodyTypes[] {
  const files = new Map<string, ts.SourceFile>();
  const put = (path: string, text: string) => {
    if (files.get(path)?.text !== text) files.set(path, parse(path, text));
  };
  const roots = [libraryPath, resourcesPath];
  for (let slot = 0; slot < slots; slot++) roots.push(`/bodies/${slot}.ts`);
  let keys: string[] = [];
  let program: ts.Program | undefined;

  const fileOf = (path: string) => files.get(path) ?? library(path);
  const host: ts.CompilerHost = {
    getSourceFile: fileOf,
    fileExists: (path) => fileOf(path) !== undefined,
    readFile: (path) => fileOf(path)?.text,
    getDefaultLibFileName: () => '/lib.esnext.d.ts',
    getDefaultLibLocation: () => '/',
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile: () => undefined,
    resolveModuleNameLiterals: (literals, containing) =>
      literals.map(({ text }) => ({ resolvedModule: resolve(text, containing) })),
  };

  // What is not resolved here falls to the ambient modules of the body library.
  function resolve(specifier: string, containing: string): ts.ResolvedModuleFull | undefined {
    const slot = /^\/bodies\/(\d+)\.ts$/.exec(containing)?.[1];
    let path: string | undefined;
    if (specifier.startsWith('#resource/')) path = resourcePath(specifier);
    else if (specifier.startsWith('#lib/')) path = `/lib/${specifier.slice(5).replace(/\.ts$/, '')}.ts`;
    else if (slot !== undefined && (specifier === ownTypes || specifier === `#types/${keys[Number(slot)]}`))
      path = `/types/${slot}.d.ts`;
    if (path === undefined || fileOf(path) === undefined) return undefined;
    const extension = path.endsWith('.d.ts') ? ts.Extension.Dts : ts.Extension.Ts;
    return { resolvedFileName: path, extension, isExternalLibraryImport: false };
  }

  return (bodies) => {
    keys = bodies.map(({ key }) => key);
    const checked: CheckedBody[] = [];
    for (let slot = 0; slot < slots; slot++) {
      const one = bodies[slot];
      const text = checkedBody(one?.body ?? '', ownTypes);
      checked.push(text);
      put(`/bodies/${slot}.ts`, text.text);
      put(`/types/${slot}.d.ts`, typesModule(one));
    }
    program = ts.createProgram({
      rootNames: roots,
      options,
      host,
      ...(program ? { oldProgram: program } : {}),
    });
    const checker = program.getTypeChecker();
    const printer = createTypePrinter(
      checker,
      (file) => file.fileName === libraryPath || file.fileName.startsWith('/lib.'),
    );
    return bodies.map((body, slot) => {
      const file = files.get(`/bodies/${slot}.ts`)!;
      // What cannot be parsed is told by the engine, in words of its own.
      if (program!.getSyntacticDiagnostics(file).length > 0) return { findings: [] };
      const findings = program!
        .getSemanticDiagnostics(file)
        .flatMap((diagnostic) => findingOf(diagnostic, body, checked[slot]!, file, checker));
      const made = madeBy(file, checker);
      if (!made) return { output: 'any', findings };
      const { parts } = body;
      return {
        output: printer.printOutput(made, true),
        ...(parts
          ? {
              parts: Object.fromEntries(
                parts.map((part, i) => [part.name, printer.printPart(made, parts, i)]),
              ),
            }
          : {}),
        findings,
      };
    });
  };
}

const ownTypes = '#inputs';

const typesModule = (body: BodyToCheck | undefined): string =>
  `${givenTypes(body?.inputs ?? [], body?.isOp === true, body?.config)}export type Output = any;\n`;

/** What a body is: the function that stands for `export default`. */
function madeBy(file: ts.SourceFile, checker: ts.TypeChecker): ts.Type | undefined {
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const [declaration] = statement.declarationList.declarations;
    if (declaration?.initializer && declaration.name.getText(file) === '$')
      return checker.getTypeAtLocation(declaration.initializer);
  }
  return undefined;
}

function findingOf(
  diagnostic: ts.Diagnostic,
  { body }: BodyToCheck,
  checked: CheckedBody,
  file: ts.SourceFile,
  checker: ts.TypeChecker,
): BodyFinding[] {
  const { start, length, code } = diagnostic;
  if (diagnostic.category !== ts.DiagnosticCategory.Error || ignoredDiagnostics.includes(code)) return [];
  if (start === undefined || length === undefined) return [];
  const span = shownSpan(checked, { start, length });
  if (!span) return [];
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
  // A resource that is not there is told as a problem of the graph.
  if (message.includes("type 'ProjectResources'")) return [];
  const isAboutHead = span.start !== start;
  return [
    {
      message: isAboutHead ? headMessage(message.split('\n').at(-1) ?? '') : message,
      code,
      ...positionAt(body, span.start),
      ...(isAboutHead ? {} : inputBehind(file, { start, length, code }, checker)),
    },
  ];
}
