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
// Neither may be told fewer ways to make metadata than there are.
export type Makers = None<Missing<keyof typeof MetadataValue, keyof typeof Told.MetadataValue>>;
`;

/** What the compiler says of the two texts beside the sources. */
function complaints(library: string): readonly string[] {
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
    [checkPath, check],
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
