// A graph of ops: an `@dg.op` for each, and the `@dg.graph_asset` or `@dg.graph_multi_asset` that wires them.

import type { GraphUnit, OpArgument, OpNode, OpResult, OutputAsset } from '#model/document.ts';
import type { AssetGraph } from '#model/graph.ts';
import { opOrder, opOuts, resultName } from '#model/op-graph.ts';
import {
  inputParameters,
  insPython,
  parametersText,
  resourceKeywords,
  resourceSet,
} from './body-function.ts';
import { checkSpecPython, keyPython, retryPython, specKeywords } from './keywords.ts';
import { Call, Dict, Name, type Python, printPython } from './python.ts';
import { pythonName, uniqueNames } from './python-names.ts';
import { configClass } from './write-config.ts';
import { outPython, unitInputsOf } from './write-unit.ts';

export function writeGraph(
  unit: GraphUnit,
  outputs: readonly OutputAsset[],
  graph: AssetGraph,
  name: string,
  fileOf: (op: string) => string,
): string {
  const ops = unit.ops.map((op) => opText(unit, op, fileOf(op.name)));
  const inputs = inputParameters(unitInputsOf(unit, outputs[0]!, graph));
  const [only, ...others] = outputs;
  const isOne = only !== undefined && others.length === 0 && only.output === 'result';
  const checks = unit.checks?.length
    ? unit.checks.map((spec) => checkSpecPython(spec, others.length === 0 ? only?.key : undefined))
    : undefined;
  const groups = new Set(outputs.map(({ group }) => group));
  const decorator = isOne
    ? new Call('dg.graph_asset', {
        key: keyPython(only.key),
        ins: insPython(inputs),
        ...specKeywords(only),
        check_specs: checks,
      })
    : new Call('dg.graph_multi_asset', {
        name: unit.name,
        group_name: groups.size === 1 ? only?.group : undefined,
        outs: new Dict(outputs.map((output) => [output.output, outPython(output, graph)])),
        ins: insPython(inputs),
        can_subset: unit.canSubset ? true : undefined,
        check_specs: checks,
      });
  const parameters = [...new Set(inputs.map(({ parameter }) => parameter))];
  const reference = references(unit, parameters);
  const body = [...wiring(unit, inputs, reference), returned(unit, isOne, reference)];
  return `${ops.join('\n\n')}\n\n@${printPython(decorator, 0, 1)}
def ${name}(${parametersText(name, parameters)}):
${body.map((line) => `    ${line}\n`).join('')}${isOne || groups.size <= 1 ? '' : grouping(name, outputs)}`;
}

// Dagster has one group for all assets of a graph, whatever their outs say.
function grouping(name: string, outputs: readonly OutputAsset[]): string {
  const groups = new Dict(outputs.map(({ key, group = 'default' }) => [key, group]));
  return `

${name}_groups = ${printPython(groups, 0, name.length + 10)}
${name} = ${name}.map_asset_specs(
    lambda spec: spec.replace_attributes(group_name=${name}_groups[spec.key.to_user_string()])
)
`;
}

const opFunction = (unit: GraphUnit, op: string): string => pythonName(`${unit.name}__${op}`);

function opText(unit: GraphUnit, op: OpNode, file: string): string {
  const name = opFunction(unit, op.name);
  const resources = resourceKeywords(op);
  const config = configClass(`${name}_config`, op);
  const parameters = op.args.map((_, i) => `value_${i + 1}`);
  const outs = opOuts(op).map(({ name: out, isDynamic, isRequired }): [string, Python] => [
    out,
    new Call(isDynamic ? 'dg.DynamicOut' : 'dg.Out', {
      is_required: isRequired === false ? false : undefined,
    }),
  ]);
  const decorator = new Call('dg.op', {
    name,
    description: op.description,
    out: new Dict(outs),
    required_resource_keys: resourceSet(resources),
    retry_policy: retryPython(op.retryPolicy),
  });
  const call = new Call(
    'run_typescript_op',
    {
      file,
      values: parameters.map((parameter) => new Name(parameter)),
      config: config && new Name('config'),
      resources: resources.length === 0 ? undefined : [...resources],
      timeout: op.timeoutSeconds,
    },
    [new Name('context')],
  );
  const all = [
    'context: dg.OpExecutionContext',
    ...(config ? [`config: ${config.name}`] : []),
    ...op.args.map(
      (arg, i) => `${parameters[i]!}: ${isList(arg) ? 'list[TypeScriptValue]' : 'TypeScriptValue'}`,
    ),
  ];
  return `${config ? `${config.text}\n\n` : ''}@${printPython(decorator, 0, 1)}
def ${name}(${parametersText(name, all)}):
    yield from ${printPython(call, 4, 15)}
`;
}

const isList = (arg: OpArgument): boolean => 'list' in arg || ('op' in arg && arg.collect === true);

// One line for each op, in an order in which each comes after what it reads.
function wiring(
  unit: GraphUnit,
  inputs: readonly { readonly name: string; readonly parameter: string }[],
  { local, reference }: References,
): readonly string[] {
  const ordered = opOrder(unit);
  if (!ordered.ok) return [];
  const { order, mappedOver } = ordered.value;
  const argument = (arg: OpArgument): string => {
    if ('input' in arg) return inputs.find(({ name }) => name === arg.input)?.parameter ?? arg.input;
    if ('list' in arg) return `[${arg.list.map(reference).join(', ')}]`;
    return arg.collect ? `${reference(arg)}.collect()` : reference(arg);
  };
  return order.map((op) => {
    const alias = `${opFunction(unit, op.name)}.alias("${op.name}")`;
    const over = mappedOver.get(op.name);
    if (!over) return `${local.get(op.name)!} = ${alias}(${op.args.map(argument).join(', ')})`;
    const isEach = (arg: OpArgument): boolean =>
      'op' in arg && arg.collect !== true && (isSame(arg, over) || mappedOver.has(arg.op));
    const direct = op.args.find(isEach);
    const source = direct && 'op' in direct ? reference(direct) : reference(over);
    const args = op.args.map((arg) => (isEach(arg) ? 'each' : argument(arg)));
    return `${local.get(op.name)!} = ${source}.map(lambda each: ${alias}(${args.join(', ')}))`;
  });
}

interface References {
  readonly local: ReadonlyMap<string, string>;
  /** The variable of an op's result. */
  reference(result: OpResult): string;
}

function references(unit: GraphUnit, parameters: readonly string[]): References {
  const functions = unit.ops.map((op) => opFunction(unit, op.name));
  const nameOf = uniqueNames(['dg', 'each', ...parameters, ...functions]);
  const local = new Map(unit.ops.map((op) => [op.name, nameOf(op.name)]));
  return {
    local,
    reference(result) {
      const from = unit.ops.find((op) => op.name === result.op);
      const variable = local.get(result.op) ?? result.op;
      return from && opOuts(from).length > 1 ? `${variable}.${resultName(result)}` : variable;
    },
  };
}

function returned(unit: GraphUnit, isOne: boolean, { reference }: References): string {
  const entries = Object.entries(unit.results);
  if (isOne) return `return ${entries[0] ? reference(entries[0][1]) : 'None'}`;
  return `return {${entries.map(([output, result]) => `"${output}": ${reference(result)}`).join(', ')}}`;
}

const isSame = (a: OpResult, b: OpResult): boolean => a.op === b.op && resultName(a) === resultName(b);
