// The fields that definitions of several kinds share, as options.

import { findDefaultExport, readBodyHead } from '#model/body-head.ts';
import type { Asset, CheckSpecData, Json, RetryPolicyData } from '#model/document.ts';
import { resourceKeysOf } from '#model/resource-names.ts';
import { Call, type Code, fields, jsonCode } from './code.ts';
import { configCode } from './config-code.ts';

/** Fields that the code of a definition cannot say: they are kept beside it. */
export type LeftFields = Readonly<Record<string, Json>>;

export interface Written {
  readonly text: string;
  readonly left: LeftFields;
}

type CodeFields = Readonly<Record<string, Code | undefined>>;

/** What describes an asset, but for its key. */
export const specOptions = (asset: Asset): CodeFields => ({
  groupName: asset.group,
  description: asset.description,
  tags: mapCode(asset.tags),
  owners: listCode(asset.owners),
  kinds: listCode(asset.kinds),
  metadata: asset.metadata && jsonCode(asset.metadata),
  codeVersion: asset.codeVersion,
});

interface BodyHolder {
  readonly body: string;
  readonly ins?: Readonly<Record<string, string>>;
  readonly config?: Json;
  readonly configSchema?: Json;
  readonly resources?: readonly string[];
  readonly retryPolicy?: RetryPolicyData;
  readonly timeoutSeconds?: number;
  readonly checks?: readonly CheckSpecData[];
}

/** What comes with a body. `ownKey` is the asset that its checks are about when they name none. */
export const bodyOptions = (holder: BodyHolder, ownKey: string | undefined): CodeFields => ({
  ins: insCode(holder),
  config: configCode(holder.configSchema, holder.config),
  // What runs the code does not look at the text of bodies.
  requiredResourceKeys: listCode(resourceKeysOf(holder)),
  retryPolicy: holder.retryPolicy && new Call('new RetryPolicy', [jsonCode({ ...holder.retryPolicy })]),
  timeoutSeconds: holder.timeoutSeconds,
  checkSpecs: checkSpecsCode(holder.checks, ownKey),
});

/** What `configCode` may lose of a body: kept beside the code, and taken from there while the code says the same. */
export const configLeft = ({ config, configSchema }: BodyHolder): LeftFields => ({
  ...(config === undefined ? {} : { config }),
  ...(configSchema === undefined ? {} : { configSchema }),
});

/** Where inputs come from whose key is not their name. An entry for a name that the body does not read says nothing. */
export function insCode({ body, ins }: Pick<BodyHolder, 'body' | 'ins'>): Code | undefined {
  if (!ins) return undefined;
  const head = readBodyHead(body);
  const read = head.ok ? new Set(head.value.inputs.map(({ name }) => name)) : undefined;
  return insMap(Object.fromEntries(Object.entries(ins).filter(([name]) => read?.has(name) ?? true)));
}

export function insMap(ins: Readonly<Record<string, string>> | undefined): Code | undefined {
  const entries = Object.entries(ins ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return undefined;
  return fields(
    Object.fromEntries(entries.map(([name, key]) => [name, new Call('new AssetIn', [fields({ key })])])),
  );
}

export function checkSpecsCode(
  specs: readonly CheckSpecData[] | undefined,
  ownKey: string | undefined,
): Code | undefined {
  if (!specs || specs.length === 0) return undefined;
  return specs.map(
    ({ name, asset, ...rest }) =>
      new Call('new AssetCheckSpec', [fields({ name, asset: asset ?? ownKey, ...checkFields(rest) })]),
  );
}

export const checkFields = (spec: Omit<CheckSpecData, 'name' | 'asset'>): CodeFields => ({
  description: spec.description,
  blocking: spec.blocking ? true : undefined,
  additionalDeps: listCode(spec.additionalDeps),
  metadata: spec.metadata && jsonCode(spec.metadata),
});

/** Texts, where there are any. */
export const listCode = (list: readonly string[] | undefined): Code | undefined =>
  list && list.length > 0 ? list : undefined;

/** Texts by name, in the order of the names. */
export const mapCode = (map: Readonly<Record<string, string>> | undefined): Code | undefined => {
  const entries = Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length > 0 ? fields(Object.fromEntries(entries)) : undefined;
};

/** The name of a body's function, which is what a definition is called when its options say nothing. */
export function functionName(body: string): string | undefined {
  const place = findDefaultExport(body);
  if (!place) return undefined;
  return /^\s*(?:async\s+)?function\b\s*\*?\s*([A-Za-z_$][\w$]*)/.exec(body.slice(place.end))?.[1];
}
