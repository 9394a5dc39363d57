// What the published entry exports, read by the compiler: for tests about the API as a whole. Test code only.

import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export interface PackageExport {
  readonly name: string;
  /** The docstring of the declaration; empty when there is none. */
  readonly doc: string;
  /** Public members of the class, its instances, or the interface, by name; not those of the language. */
  readonly members: ReadonlyMap<string, PackageMember>;
}

export interface PackageMember {
  readonly doc: string;
  readonly isMethod: boolean;
}

/** Every export of `index.ts`, by name. Takes seconds: the compiler reads all that the entry imports. */
export function readPackageExports(): ReadonlyMap<string, PackageExport> {
  const entry = fileURLToPath(new URL('index.ts', import.meta.url));
  const base = fileURLToPath(new URL('../../../tsconfig.base.json', import.meta.url));
  const { options } = ts.convertCompilerOptionsFromJson(
    ts.readConfigFile(base, ts.sys.readFile).config.compilerOptions,
    '.',
  );
  const program = ts.createProgram([entry], options);
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry)!)!;
  return new Map(
    checker.getExportsOfModule(module).map((exported) => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      return [
        exported.name,
        { name: exported.name, doc: docOf(symbol, checker), members: membersOf(symbol, checker) },
      ];
    }),
  );
}

function membersOf(symbol: ts.Symbol, checker: ts.TypeChecker): Map<string, PackageMember> {
  const members = new Map<string, PackageMember>();
  const types: ts.Type[] = [];
  if (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias))
    types.push(checker.getDeclaredTypeOfSymbol(symbol));
  if (symbol.flags & ts.SymbolFlags.Class) types.push(checker.getTypeOfSymbol(symbol));
  for (const member of types.flatMap((type) => type.getProperties())) {
    const [declaration] = member.declarations ?? [];
    if (!declaration || /[/]node_modules[/]/.test(declaration.getSourceFile().fileName)) continue;
    if (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private || /^(#|__#)/.test(member.name))
      continue;
    const isMethod = (member.flags & ts.SymbolFlags.Method) !== 0;
    members.set(member.name, { doc: docOf(member, checker), isMethod });
  }
  return members;
}

const docOf = (symbol: ts.Symbol, checker: ts.TypeChecker): string =>
  ts.displayPartsToString(symbol.getDocumentationComment(checker));
