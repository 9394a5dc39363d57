// The Python function around a TypeScript body: it takes what Dagster loads, and has Node run the body.

import type { Json } from '#model/document.ts';
import type { NamedInput } from '#model/graph.ts';
import { resourceKeysOf } from '#model/resource-names.ts';
import { keyPython } from './keywords.ts';
import { Call, Dict, Name, type Python, printPython, StringSet } from './python.ts';
import { uniqueNames } from './python-names.ts';
import { configClass } from './write-config.ts';

/** What has a body. */
interface BodyHolder {
  readonly body: string;
  readonly resources?: readonly string[];
  readonly config?: Json;
  readonly configSchema?: Json;
}

/** The parameters of a Python function by the inputs that they stand for. */
export function inputParameters(
  inputs: readonly NamedInput[],
): readonly (NamedInput & { parameter: string })[] {
  const nameOf = uniqueNames(['context', 'config', 'run_typescript', 'dg']);
  // Dagster takes each asset once, whatever the body calls it.
  const byKey = new Map<string, string>();
  for (const { name, key } of inputs) if (!byKey.has(key)) byKey.set(key, nameOf(name));
  return inputs.map((input) => ({ ...input, parameter: byKey.get(input.key) ?? input.name }));
}

export const insPython = (
  inputs: readonly { readonly parameter: string; readonly key: string }[],
): Python | undefined =>
  inputs.length === 0
    ? undefined
    : new Dict([
        ...new Map(
          inputs.map(({ parameter, key }) => [parameter, new Call('dg.AssetIn', { key: keyPython(key) })]),
        ),
      ]);

/** Resources that a body asks for, and those besides that its step needs. */
export function resourceKeywords(holder: BodyHolder, more: readonly string[] = []): readonly string[] {
  return [...new Set([...resourceKeysOf(holder), ...more])].sort();
}

export interface FunctionParts {
  readonly name: string;
  readonly decorator: Call;
  readonly holder: BodyHolder;
  /** How the runner knows the step. */
  readonly step: Readonly<Record<string, Python | undefined>>;
  readonly inputs: readonly (NamedInput & { readonly parameter: string })[];
  readonly resources: readonly string[];
  readonly context: string;
  /** A generator gives what it makes as it comes; a check of one result returns it. */
  readonly runs: 'yield from run_typescript' | 'yield from observe_typescript' | 'return check_typescript';
}

/** Decorator and function, after the class of its config if there is one. */
export function functionText(parts: FunctionParts): string {
  const { name, decorator, inputs, resources } = parts;
  const config = configClass(`${name}_config`, parts.holder);
  const [start, callee = ''] = [parts.runs.replace(/\w+$/, ''), /\w+$/.exec(parts.runs)?.[0]];
  const call = new Call(
    callee,
    {
      ...parts.step,
      inputs:
        inputs.length === 0
          ? undefined
          : new Dict(
              inputs.map(({ name: input, key, parameter }) => [
                input,
                new Call('Input', {}, [key, new Name(parameter)]),
              ]),
            ),
      config: config && new Name('config'),
      resources: resources.length === 0 ? undefined : [...resources],
    },
    [new Name('context')],
  );
  const parameters = [
    `context: ${parts.context}`,
    ...(config ? [`config: ${config.name}`] : []),
    ...new Set(inputs.map(({ parameter }) => `${parameter}: TypeScriptValue`)),
  ];
  return `${config ? `${config.text}\n\n` : ''}@${printPython(decorator, 0, 1)}
def ${name}(${parametersText(name, parameters)}):
    ${start}${printPython(call, 4, 4 + start.length)}
`;
}

export function parametersText(name: string, parameters: readonly string[]): string {
  const flat = parameters.join(', ');
  return name.length + flat.length < 90
    ? flat
    : `\n${parameters.map((parameter) => `    ${parameter},\n`).join('')}`;
}

export const resourceSet = (keys: readonly string[]): Python | undefined =>
  keys.length === 0 ? undefined : new StringSet(keys);
