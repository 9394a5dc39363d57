// Compiles the bodies and shared modules of a document, each text once, and computes code versions.

import { err, ok, type Result } from '#base/result.ts';
import type { GraphUnit, Json, ProjectDocument, Resource, SharedModule } from '#model/document.ts';
import {
  type CompiledCode,
  type CompileProblem,
  type CompileResult,
  compileBody,
  compileSharedModule,
} from './compile-body.ts';
import type { Sha256, StripTypes } from './ports.ts';
import type { NamedCode } from './segment-module.ts';

/** Libraries that bodies may import, besides `headwater` and `#lib/…`. */
export const shippedLibraries: ReadonlySet<string> = new Set(['d3-array', 'date-fns', 'zod']);

export interface CompiledAsset {
  readonly code: CompiledCode;
  /** Every shared module it needs, directly or not. */
  readonly shared: readonly NamedCode[];
  /** Of code, shared modules and default config; without layout, comments and types. */
  readonly codeHash: string;
}

/** Anything with a body: an asset, a unit, an op, a check. */
export interface BodyHolder {
  readonly body: string;
  readonly config?: Json;
}

export interface CompiledOps {
  /** Of all ops and their wiring. */
  readonly codeHash: string;
  readonly ops: ReadonlyMap<string, CompiledAsset>;
}

/** The class of a resource, as a shared module with a default export. */
export type CompiledResource = Pick<CompiledAsset, 'code' | 'shared'>;

export interface Compiler {
  readonly strip: StripTypes;
  compile(holder: BodyHolder, document: ProjectDocument): Result<CompiledAsset, CompileProblem>;
  /** The problem of the first op that does not compile names it. */
  compileOps(unit: GraphUnit, document: ProjectDocument): Result<CompiledOps, CompileProblem>;
  compileResource(resource: Resource, document: ProjectDocument): Result<CompiledResource, CompileProblem>;
}

const maxCached = 30_000;

/** A compiler that remembers what it has compiled, by text. */
export function createCompiler({ strip, sha256 }: { strip: StripTypes; sha256: Sha256 }): Compiler {
  const bodies = new Map<string, CompileResult>();
  const modules = new Map<string, CompileResult>();
  const encoder = new TextEncoder();
  /** By body, for bodies without shared modules and config: the common case. */
  const plainAssets = new Map<string, CompiledAsset>();

  function remembered(
    cache: Map<string, CompileResult>,
    text: string,
    compile: typeof compileBody,
  ): CompileResult {
    let result = cache.get(text);
    if (!result) {
      result = compile(text, strip);
      if (cache.size >= maxCached) cache.clear();
      cache.set(text, result);
    }
    return result;
  }

  function compile(asset: BodyHolder, document: ProjectDocument): Result<CompiledAsset, CompileProblem> {
    const plain = asset.config === undefined ? plainAssets.get(asset.body) : undefined;
    if (plain) return ok(plain);
    const body = remembered(bodies, asset.body, compileBody);
    if (!body.ok) return body;
    const shared = new Map<string, NamedCode>();
    const problem = gather(body.value, document, shared, []);
    if (problem) return err(problem);
    const list = [...shared.values()];
    const parts = [body.value.tokens, ...list.map(({ name, code }) => `${name}\u0001${code.tokens}`)];
    if (asset.config !== undefined) parts.push(canonicalJson(asset.config));
    const codeHash = sha256(encoder.encode(parts.join('\u0002')));
    const compiled: CompiledAsset = { code: body.value, shared: list, codeHash };
    if (list.length === 0 && asset.config === undefined) {
      if (plainAssets.size >= maxCached) plainAssets.clear();
      plainAssets.set(asset.body, compiled);
    }
    return ok(compiled);
  }

  function compileOps(unit: GraphUnit, document: ProjectDocument): Result<CompiledOps, CompileProblem> {
    const ops = new Map<string, CompiledAsset>();
    const parts: string[] = [canonicalJson(unit.results as unknown as Json)];
    for (const op of unit.ops) {
      const compiled = compile(op, document);
      if (!compiled.ok)
        return err({
          ...compiled.error,
          op: op.name,
          message: `In op “${op.name}”: ${compiled.error.message}`,
        });
      ops.set(op.name, compiled.value);
      parts.push(
        op.name,
        compiled.value.codeHash,
        canonicalJson([op.args, op.outs ?? null] as unknown as Json),
      );
    }
    return ok({ ops, codeHash: sha256(encoder.encode(parts.join('\u0002'))) });
  }

  function compileResource(
    resource: Resource,
    document: ProjectDocument,
  ): Result<CompiledResource, CompileProblem> {
    const code = remembered(modules, resource.body, compileSharedModule);
    if (!code.ok) return code;
    if (!code.value.exportsDefault)
      return err(
        problemAtStart(
          'The module has no default export: write `export default class … extends ConfigurableResource(…)`.',
        ),
      );
    const shared = new Map<string, NamedCode>();
    const problem = gather(code.value, document, shared, []);
    return problem ? err(problem) : ok({ code: code.value, shared: [...shared.values()] });
  }

  // Depth-first over the shared modules; `trail` finds import cycles.
  function gather(
    code: CompiledCode,
    document: ProjectDocument,
    shared: Map<string, NamedCode>,
    trail: readonly string[],
  ): CompileProblem | undefined {
    for (const { specifier } of code.imports) {
      if (specifier === 'headwater' || shippedLibraries.has(specifier)) continue;
      const module = sharedModule(specifier, document);
      if (!module) return importProblem(specifier, document);
      if (trail.includes(specifier))
        return problemAtStart(
          `Shared modules import each other in a circle: ${[...trail, specifier].join(' → ')}.`,
        );
      if (shared.has(specifier)) continue;
      const compiled = remembered(modules, module.body, compileSharedModule);
      if (!compiled.ok)
        return problemAtStart(`${specifier}, line ${compiled.error.line}: ${compiled.error.message}`);
      const problem = gather(compiled.value, document, shared, [...trail, specifier]);
      if (problem) return problem;
      shared.set(specifier, { name: specifier, code: compiled.value });
    }
    return undefined;
  }

  return { strip, compile, compileOps, compileResource };
}

function sharedModule(specifier: string, document: ProjectDocument): SharedModule | undefined {
  const name = /^#lib\/(.+)\.ts$/.exec(specifier)?.[1];
  return name === undefined ? undefined : document.modules.get(name);
}

function importProblem(specifier: string, document: ProjectDocument): CompileProblem {
  if (specifier.startsWith('#lib/')) {
    const names = [...document.modules.keys()].map((name) => `#lib/${name}.ts`);
    return problemAtStart(
      `There is no shared module “${specifier}”.${names.length > 0 ? ` There are: ${names.join(', ')}.` : ''}`,
    );
  }
  return problemAtStart(
    `“${specifier}” cannot be imported. A body may import headwater, ${[...shippedLibraries].join(', ')} and shared modules (#lib/…).`,
  );
}

const problemAtStart = (message: string): CompileProblem => ({
  type: 'CompileProblem',
  message,
  line: 1,
  column: 1,
});

/** JSON with sorted keys. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value as { [key: string]: Json })
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`)
      .join(',')}}`;
  return JSON.stringify(value);
}
