// What bodies are told of the SDK (body-library.ts, a text) and what they are given (the SDK itself) are compiled
// against each other, so that neither gets ahead of the other.

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { bodyLibrary } from './body-library.ts';

const folder = dirname(fileURLToPath(import.meta.url));
const libraryPath = join(folder, 'told.d.ts');
const checkPath = join(folder, 'told-and-given.ts');

const classes = [
  'AssetKey',
  'AssetMaterialization',
  'AssetObservation',
  'DataVersion',
  'DynamicOutput',
  'EnvVar',
  'Failure',
  'MaterializeResult',
  'MetadataValue',
  'ObserveResult',
  'Output',
  'RetryRequested',
];

const check = `
import type * as Told from 'headwater';
import type { AssetContext } from './context.ts';
import type { EnvVar } from './env-var.ts';
import type { InputContext, IOManager, ManagerStore, OutputContext } from './io-manager.ts';
import type { AssetKey } from '../model/asset-key.ts';
import type { MetadataValue } from './metadata.ts';
import type { AssetMaterialization, AssetObservation, DataVersion, DynamicOutput, Failure, MaterializeResult, ObserveResult, Output, RetryRequested } from './results.ts';

type Fits<Given extends Told, Told> = Given;
type Missing<A, B> = Exclude<A, B>;
type None<T extends never> = T;
type Shown = Omit<AssetContext, 'addMetadata' | 'assetKey'>;

export type Context = [
  Fits<Shown, Omit<Told.AssetContext<unknown>, 'addMetadata' | 'assetKey'>>,
  None<Missing<keyof AssetContext, keyof Told.AssetContext>>,
  None<Missing<keyof Told.AssetContext, keyof AssetContext>>,
];
${classes
  .map(
    (name) => `export type ${name}IsTold = [
  None<Missing<keyof Told.${name}, keyof ${name}>>,
  None<Missing<keyof typeof Told.${name}, keyof typeof ${name}>>,
];`,
  )
  .join('\n')}
export type Resources = [
  None<Missing<keyof Told.OutputContext, keyof OutputContext>>,
  None<Missing<keyof OutputContext, keyof Told.OutputContext>>,
  None<Missing<keyof Told.InputContext, keyof InputContext>>,
  None<Missing<keyof InputContext, keyof Told.InputContext>>,
  None<Missing<keyof Told.ManagerStore, keyof ManagerStore>>,
  None<Missing<keyof Told.IOManager, keyof IOManager>>,
];
// Neither may be told fewer ways to make metadata than there are.
export type Makers = None<Missing<keyof typeof MetadataValue, keyof typeof Told.MetadataValue>>;
`;

/** What the compiler says of the two texts beside the sources. */
function complaints(library: string, text: string = check): readonly string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.esnext.d.ts'],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
  };
  const texts = new Map([
    [libraryPath, library],
    [checkPath, text],
  ]);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, ...rest) => {
    const text = texts.get(path);
    return text === undefined
      ? getSourceFile(path, ...rest)
      : ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  };
  const program = ts.createProgram([libraryPath, checkPath], options, host);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(checkPath))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('what bodies are told of the SDK', () => {
  it('is what they are given', () => {
    expect(complaints(bodyLibrary)).toEqual([]);
  }, 60_000);

  it('types the fields of a resource by its schema', () => {
    const told = (text: string) => complaints(bodyLibrary, text);
    const head = `import { ConfigurableResource } from 'headwater';
import { z } from 'zod';
class Service extends ConfigurableResource(z.object({ url: z.string(), port: z.number().int().default(80) })) {
  address(): string { return this.url + ':' + this.port.toFixed(); }
  setupForExecution({ log }: import('headwater').InitResourceContext) { log.info(this.url); }
}
`;
    expect(told(`${head}new Service({ url: 'a' }).address();`)).toEqual([]);
    expect(told(`${head}new Service({ port: 1 });`).join()).toContain('url');
    expect(told(`${head}new Service({ url: 'a' }).host;`).join()).toContain('host');
  }, 60_000);

  it('is complained of when it tells more or less', () => {
    const more = bodyLibrary.replace(
      'readonly runId: string;',
      'readonly runId: string; readonly user: string;',
    );
    expect(complaints(more).join()).toContain('user');
    const less = bodyLibrary.replace('readonly retryNumber: number;', '');
    expect(complaints(less).join()).toContain('retryNumber');
    const other = bodyLibrary.replace('readonly retryNumber: number;', 'readonly retryNumber: string;');
    expect(complaints(other)).not.toEqual([]);
  }, 60_000);
});
