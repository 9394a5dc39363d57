// `asset(…)`: the definition of one asset by its body. Reads the body's text for its inputs, never runs it.

import {
  AssetSpec,
  type CoercibleToAssetDep,
  type NameFields,
  namedKey,
  type SpecFields,
} from './asset-spec.ts';
import {
  type AnyBody,
  type AssetsDefinition,
  type BodyOptions,
  type BodyRecord,
  bodyOptionNames,
  callWithInputs,
  createDefinition,
  refuseUnknown,
} from './assets-definition.ts';
import { inputsOf, textOfBody } from './body-text.ts';
import type { AssetContext } from './context.ts';

/** The options of `asset`. Dagster: the parameters of `@asset`. */
export interface AssetOptions<Config = unknown> extends NameFields, SpecFields, BodyOptions<Config> {
  /** Assets that come first without being loaded. */
  deps?: readonly CoercibleToAssetDep[];
  /** Key of the resource that stores the value; `io_manager` by default. */
  ioManagerKey?: string;
  /** False: a body that yields may leave its output out; what reads it is skipped then. True by default. */
  outputRequired?: boolean;
}

const known: ReadonlySet<string> = new Set<keyof AssetOptions>([
  'name',
  'key',
  'keyPrefix',
  'deps',
  'description',
  'metadata',
  'tags',
  'owners',
  'kinds',
  'groupName',
  'codeVersion',
  'ioManagerKey',
  'outputRequired',
  ...bodyOptionNames,
]);

/**
 * Defines an asset by its body: `asset(body)` or `asset(options, body)`. The inputs are the names that the
 * body's first parameter destructures. Throws when the body's parameters or the options cannot be read.
 * Dagster: `@asset`.
 */
export function asset<I = never, R = unknown, Resources = object>(
  body: (inputs: I, context: AssetContext<unknown, Resources>) => R,
): AssetsDefinition;
export function asset<I = never, R = unknown, Config = unknown, Resources = object>(
  options: AssetOptions<Config>,
  body: (inputs: I, context: AssetContext<Config, Resources>) => R,
): AssetsDefinition;
export function asset(first: unknown, second?: unknown): AssetsDefinition {
  const { options, body } = optionsAndBody<AssetOptions>('asset', first, second);
  refuseUnknown('asset', options, known);
  const key = namedKey(options, body.name);
  const spec = new AssetSpec({ ...specFields(options), key, deps: options.deps ?? [] });
  return createDefinition(
    {
      kind: 'asset',
      outputs: [
        {
          name: 'result',
          spec,
          isRequired: options.outputRequired ?? true,
          ...(options.ioManagerKey === undefined ? {} : { ioManagerKey: options.ioManagerKey }),
        },
      ],
      body: bodyRecord(key, body, options),
    },
    callWithInputs(body),
  );
}

/** `(body)` or `(options, body)`. */
export function optionsAndBody<Options extends object>(
  of: string,
  first: unknown,
  second: unknown,
): { readonly options: Options; readonly body: AnyBody } {
  const options = typeof first === 'function' ? {} : first;
  const body = typeof first === 'function' ? first : second;
  if (typeof options !== 'object' || options === null || typeof body !== 'function')
    throw new TypeError(`${of} takes a body, or options and a body.`);
  return { options: options as Options, body: body as AnyBody };
}

/** A body whose inputs are the names that it destructures. */
export function bodyRecord(label: string, body: AnyBody, options: BodyOptions): BodyRecord {
  const text = textOfBody(body);
  const inputs = inputsOf(text, label);
  for (const name of Object.keys(options.ins ?? {}))
    if (!inputs.some((input) => input.name === name))
      throw new TypeError(`“${label}”: \`ins\` names “${name}”, which the body does not destructure.`);
  return { run: body, text, ins: options.ins ?? {}, options };
}

/** The part of some options that describes an asset. */
export function specFields(options: SpecFields): SpecFields {
  const { description, metadata, tags, owners, kinds, groupName, codeVersion } = options;
  return {
    ...(description === undefined ? {} : { description }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(tags === undefined ? {} : { tags }),
    ...(owners === undefined ? {} : { owners }),
    ...(kinds === undefined ? {} : { kinds }),
    ...(groupName === undefined ? {} : { groupName }),
    ...(codeVersion === undefined ? {} : { codeVersion }),
  };
}
