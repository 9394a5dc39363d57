// A graph of ops: its own file, which calls the ops and wires their results, and a file for each op.

import { isPlainName, keyToStepKey } from '#model/asset-key.ts';
import type { GraphUnit, OpArgument, OpNode, OpResult, OutputAsset } from '#model/document.ts';
import { unitInputs } from '#model/graph.ts';
import { opOrder, opOuts, resultName } from '#model/op-graph.ts';
import { Call, type Code, Fields, fields } from './code.ts';
import { definitionText, usedNames } from './definition-file.ts';
import { importText } from './import-text.ts';
import {
  bodyOptions,
  checkSpecsCode,
  configLeft,
  functionName,
  insMap,
  type LeftFields,
  specOptions,
  type Written,
} from './option-fields.ts';
import { printCode, printName } from './print-code.ts';
import { outsCode, sharedGroup, type WrittenUnit } from './write-unit.ts';

/** One op as a module. */
export function writeOp(op: OpNode): Written {
  return {
    text: definitionText({ optionsType: 'OpOptions', body: op.body, options: opOptions(op) }),
    left: configLeft(op),
  };
}

function opOptions(op: OpNode): Fields {
  const { config, requiredResourceKeys, retryPolicy, timeoutSeconds } = bodyOptions(op, undefined);
  return fields({
    name: functionName(op.body) === op.name ? undefined : op.name,
    description: op.description,
    outs: op.outs && outsOfOp(op.outs),
    config,
    requiredResourceKeys,
    retryPolicy,
    timeoutSeconds,
  });
}

const outsOfOp = (outs: NonNullable<OpNode['outs']>): Code =>
  new Fields(
    outs.map(({ name, isDynamic, isRequired }) => {
      const rules = isRequired === false ? [fields({ isRequired })] : [];
      return [name, new Call(isDynamic ? 'new DynamicOut' : 'new Out', rules)];
    }),
  );

/** `opPath` is where an op lies as seen from the graph's file. */
export function writeGraph(
  unit: GraphUnit,
  outputs: readonly OutputAsset[],
  opPath: (op: string) => string,
): WrittenUnit {
  const only = graphAssetOutput(unit, outputs);
  const composing = identifier(unit.name);
  const options = graphOptions(unit, outputs, composing);
  const type = only ? 'GraphAssetOptions' : 'GraphMultiAssetOptions';
  const names = new GraphNames(unit, [composing, ...usedNames(options).headwater]);
  const imported = [
    ...usedNames(options).headwater,
    'op',
    ...(options.entries.length > 0 ? [`type ${type}`] : []),
  ];
  const text = [
    importText(imported),
    ...unit.ops.map((op) => `import * as ${names.modules.get(op.name)} from '${opPath(op.name)}';\n`),
    options.entries.length > 0
      ? `\nexport const options = ${printCode(options, 0, 0, true)} satisfies ${type};\n`
      : '',
    unit.ops.length > 0 ? '\n' : '',
    ...unit.ops.map((op) => {
      const module = names.modules.get(op.name);
      const stated = opOptions(op).entries.length > 0 ? `${module}.options, ` : '';
      return `const ${names.ops.get(op.name)} = op(${stated}${module}.default);\n`;
    }),
    `\nexport default function ${composing}(${names.pattern}) {\n`,
    ...composeLines(unit, outputs, names),
    '}\n',
  ].join('');
  const isNamedByKey = only === undefined || unit.name === keyToStepKey(only.key);
  return {
    text,
    left: {
      ...(unit.description === undefined ? {} : { description: unit.description }),
      ...(isNamedByKey ? {} : { name: unit.name }),
    },
    outputs: new Map(outputs.map((output) => [output.output, outputLeft(output, only !== undefined)])),
  };
}

/** What makes a definition of the graph. */
export const graphMaker = (unit: GraphUnit, outputs: readonly OutputAsset[]): string =>
  graphAssetOutput(unit, outputs) ? 'graphAsset' : 'graphMultiAsset';

/** The output of a graph that `graphAsset` can say: it names neither who stores its asset nor whether it must be there. */
function graphAssetOutput(unit: GraphUnit, outputs: readonly OutputAsset[]): OutputAsset | undefined {
  const [only] = outputs;
  const isPlain =
    outputs.length === 1 &&
    only?.ioManager === undefined &&
    only?.isRequired !== false &&
    unit.canSubset !== true;
  return isPlain ? only : undefined;
}

function graphOptions(unit: GraphUnit, outputs: readonly OutputAsset[], composing: string): Fields {
  const only = graphAssetOutput(unit, outputs);
  const shared = { ins: insMap(unit.ins), checkSpecs: checkSpecsCode(unit.checks, outputs[0]?.key) };
  if (only)
    return fields({ key: only.key === composing ? undefined : only.key, ...specOptions(only), ...shared });
  const group = outputs.length > 1 ? sharedGroup(outputs) : undefined;
  return fields({
    name: unit.name === composing ? undefined : unit.name,
    groupName: group,
    outs: outsCode(outputs, group),
    canSubset: unit.canSubset ? true : undefined,
    ...shared,
  });
}

const outputLeft = ({ deps, isImplicit, output }: OutputAsset, isOnly: boolean): LeftFields => ({
  ...(isOnly && output !== 'result' ? { output } : {}),
  ...(deps === undefined ? {} : { deps }),
  ...(isImplicit === true ? { isImplicit } : {}),
});

/** As variables are called, whatever ops are: "read_meters" is "readMeters". */
const camelCase = (name: string): string =>
  name.replace(/(?<=[a-z0-9])_+([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase());

/** What things are called in a graph's file: no two alike. */
class GraphNames {
  readonly modules = new Map<string, string>();
  readonly ops = new Map<string, string>();
  readonly results = new Map<string, string>();
  readonly inputs = new Map<string, string>();
  readonly #taken: Set<string>;

  constructor(unit: GraphUnit, taken: readonly string[]) {
    this.#taken = new Set([...taken, 'op', 'options', 'value']);
    for (const { name } of unit.ops) this.ops.set(name, this.#free(identifier(name)));
    for (const { name } of unitInputs(unit)) this.inputs.set(name, this.#free(identifier(name)));
    for (const { name } of unit.ops) {
      this.modules.set(name, this.#free(`${camelCase(name)}Op`));
      this.results.set(name, this.#free(`${camelCase(name)}Result`));
    }
  }

  #free(wanted: string): string {
    let name = wanted;
    for (let i = 2; this.#taken.has(name); i++) name = `${wanted}${i}`;
    this.#taken.add(name);
    return name;
  }

  /** The parameter of the composing function. */
  get pattern(): string {
    const parts = [...this.inputs].map(([name, local]) =>
      name === local ? name : `${printName(name)}: ${local}`,
    );
    return parts.length > 0 ? `{ ${parts.join(', ')} }` : '';
  }
}

// The calls, in an order in which each op comes after what it reads.
function composeLines(unit: GraphUnit, outputs: readonly OutputAsset[], names: GraphNames): string[] {
  const ordered = opOrder(unit);
  const order = ordered.ok ? ordered.value.order : unit.ops;
  const perValue = new Set(ordered.ok ? ordered.value.mappedOver.keys() : []);
  const outsByOp = new Map(unit.ops.map((op) => [op.name, opOuts(op)]));
  const outsOf = (op: string) => outsByOp.get(op) ?? [];
  const from = (result: OpResult): string => {
    const local = names.results.get(result.op) ?? 'undefined';
    const name = resultName(result);
    const outs = outsOf(result.op);
    if (outs.length <= 1) return local;
    // Names that lists have would find those instead.
    return /^[A-Za-z_$][\w$]*$/.test(name) && !(name in [])
      ? `${local}.${name}`
      : `${local}[${outs.findIndex((out) => out.name === name)}]`;
  };
  const isOnePerValue = (arg: OpArgument): boolean =>
    'op' in arg &&
    !arg.collect &&
    (perValue.has(arg.op) || outsOf(arg.op).find(({ name }) => name === resultName(arg))?.isDynamic === true);
  const argument = (arg: OpArgument): string => {
    if ('input' in arg) return names.inputs.get(arg.input) ?? 'undefined';
    if ('list' in arg) return `[${arg.list.map(from).join(', ')}]`;
    return arg.collect ? `${from(arg)}.collect()` : from(arg);
  };
  const calls = order.map((op) => {
    const over = op.args.findIndex(isOnePerValue);
    const args = op.args.map((arg, i) => (i === over ? 'value' : argument(arg)));
    const call = `${names.ops.get(op.name)}(${args.join(', ')})`;
    const mapped = op.args[over];
    const made = mapped === undefined ? call : `${argument(mapped)}.map((value) => ${call})`;
    return `  const ${names.results.get(op.name)} = ${made};\n`;
  });
  const result = (name: string): string => {
    const found = Object.hasOwn(unit.results, name) ? unit.results[name] : undefined;
    return found ? from(found) : 'undefined';
  };
  const checks = Object.keys(unit.results).filter((name) => name.startsWith(checkPrefix));
  const only = graphAssetOutput(unit, outputs);
  const returned =
    only && checks.length === 0
      ? result(only.output)
      : `{ ${[
          ...outputs.map(({ output }) => `${printName(only ? 'result' : output)}: ${result(output)}`),
          ...checks.map((name) => `${printName(name.slice(checkPrefix.length))}: ${result(name)}`),
        ].join(', ')} }`;
  return [...calls, `  return ${returned};\n`];
}

const checkPrefix = 'check:';

/** A name that can be declared. */
const identifier = (name: string): string => (isPlainName(name) ? name : `_${name.replace(/\W/g, '_')}`);
