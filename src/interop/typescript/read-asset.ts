// Definitions of one asset and checks, from their modules.

import type { Asset, Check, ColumnSchema, CsvOptions, DataFormat, Json } from '#model/document.ts';
import { type AssetId, asCheckId } from '#model/ids.ts';
import { listedResources } from '#model/resource-names.ts';
import { Call, type Code, Fields } from './code.ts';
import { functionName } from './option-fields.ts';
import { defined, type OnProblem, OptionsReader } from './options-reader.ts';
import type { CanvasEntry } from './read-canvas.ts';
import type { ReadModule } from './read-module.ts';

export interface ReadContext {
  readonly entry: CanvasEntry;
  readonly onProblem: OnProblem;
  newId(): string;
}

interface Standing {
  readonly id: AssetId;
  readonly position: { readonly x: number; readonly y: number };
}

const origin = { x: 0, y: 0 };

export const standingOf = ({ entry, newId }: ReadContext): Standing => ({
  id: (entry.id ?? newId()) as AssetId,
  position: entry.at ?? origin,
  ...picked(entry.left, ['kept']),
});

type Left = Readonly<Record<string, Json>>;

/** Those of the kept fields that a definition of that kind may have. */
export const picked = (left: Left, names: readonly string[]): Left =>
  Object.fromEntries(names.flatMap((name) => (left[name] === undefined ? [] : [[name, left[name]]])));

/** What every body has. */
export function bodyFields(reader: OptionsReader, left: Left, ownKey: string | undefined, body: string) {
  return defined({
    ...reader.config(left),
    resources: listedResources(body, reader.texts('requiredResourceKeys')),
    retryPolicy: reader.retryPolicy(),
    timeoutSeconds: reader.number('timeoutSeconds'),
    checks: reader.checkSpecs('checkSpecs', ownKey),
  });
}

/** `asset` and `observableSourceAsset`. */
export function readBodyAsset(maker: string, module: ReadModule, context: ReadContext): Asset | undefined {
  const { body, options } = module;
  const { left } = context.entry;
  const reader = new OptionsReader(options, context.onProblem);
  const key = reader.assetKey(functionName(body));
  if (key === undefined) return undefined;
  const base = {
    ...standingOf(context),
    key,
    ...reader.spec(),
    ...defined({ ioManager: reader.text('ioManagerKey') }),
  };
  const shared = { ...defined({ ins: reader.ins('ins') }), ...bodyFields(reader, left, key, body), body };
  if (maker === 'observableSourceAsset') {
    reader.finish();
    return {
      ...base,
      ...shared,
      ...picked(left, ['deps', 'kinds', 'codeVersion']),
      kind: 'observable',
    };
  }
  const asset: Asset = {
    ...base,
    ...shared,
    ...defined({
      deps: reader.keys('deps'),
      isRequired: reader.flag('outputRequired') === false ? false : undefined,
    }),
    kind: 'asset',
  };
  reader.finish();
  return asset;
}

/** A data file that an asset names: where it lies, and its format. */
export interface NamedFile {
  readonly path: string;
  readonly format: DataFormat;
}

/** `fileAsset(…)`, `new AssetSpec(…)` and `new SourceAsset(…)`. */
export function readMadeAsset(
  code: Code,
  context: ReadContext,
): { readonly asset: Asset; readonly file?: NamedFile } | undefined {
  const [fields] = code instanceof Call && code.args.length === 1 ? code.args : [];
  if (!(code instanceof Call) || !(fields instanceof Fields)) {
    context.onProblem('The definition is left out: it must be made of an object that is written out.');
    return undefined;
  }
  const reader = new OptionsReader(fields, context.onProblem);
  const { left } = context.entry;
  const key = reader.assetKey(undefined);
  if (key === undefined) return undefined;
  const base = { ...standingOf(context), key, ...reader.spec() };
  switch (code.callee) {
    case 'fileAsset': {
      const path = reader.text('path');
      const format = reader.text('format');
      const asset: Asset = {
        ...base,
        ...defined({
          deps: reader.keys('deps'),
          schema: reader.json('schema') as unknown as readonly ColumnSchema[] | undefined,
          csv: reader.record('csv') as CsvOptions | undefined,
          badRows: reader.text('badRows') as 'keep' | 'stop' | undefined,
        }),
        ...picked(left, ['ioManager']),
        kind: 'file',
        path: path ?? '',
      };
      reader.finish();
      if (path !== undefined && format !== undefined)
        return { asset, file: { path, format: format as DataFormat } };
      context.onProblem('A file asset needs a `path` and a `format`.');
      return undefined;
    }
    case 'new AssetSpec':
    case 'new SourceAsset': {
      const asset: Asset = {
        ...base,
        ...defined({ deps: reader.keys('deps'), ioManager: reader.text('ioManagerKey') }),
        ...picked(left, ['ioManager', 'location']),
        kind: 'external',
      };
      reader.finish();
      return { asset };
    }
    default:
      context.onProblem(
        `“${code.callee}” is left out: only fileAsset, AssetSpec and SourceAsset can stand so.`,
      );
      return undefined;
  }
}

/** `assetCheck` and `multiAssetCheck`. */
export function readCheck(maker: string, module: ReadModule, context: ReadContext): Check | undefined {
  const { body, options } = module;
  const { left, id } = context.entry;
  const reader = new OptionsReader(options, context.onProblem);
  const isSingle = maker === 'assetCheck';
  const name = reader.text('name') ?? functionName(body);
  if (name === undefined) {
    context.onProblem('A check without a name: give its options a `name`, or its function one.');
    return undefined;
  }
  const spec = isSingle ? new OptionsReader(withName(options, name), () => undefined).checkSpec() : undefined;
  if (isSingle)
    for (const read of ['asset', 'description', 'blocking', 'additionalDeps', 'metadata']) reader.code(read);
  const specs = isSingle ? (spec ? [spec] : []) : (reader.checkSpecs('specs', undefined) ?? []);
  const check: Check = {
    id: asCheckId(id ?? context.newId()),
    name,
    specs,
    ...defined({
      ins: reader.ins(isSingle ? 'additionalIns' : 'ins'),
      canSubset: reader.flag('canSubset') ? true : undefined,
    }),
    ...bodyFields(reader, left, undefined, body),
    ...picked(left, ['template']),
    body,
  };
  reader.finish();
  if (specs.length > 0 && specs.every(({ asset }) => asset !== undefined)) return check;
  context.onProblem(`The check “${name}” is left out: say which asset it is about.`);
  return undefined;
}

const withName = (options: Fields, name: string): Fields =>
  new Fields([...options.entries.filter(([field]) => field !== 'name'), ['name', name]]);
