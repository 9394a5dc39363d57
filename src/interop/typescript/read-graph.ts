// A graph's file: which ops it calls and how it wires their results, followed line by line without running it.

import { readBodyHead } from '#model/body-head.ts';
import type { OpArgument, OpNode, OpOut, OpResult } from '#model/document.ts';
import { Arrow, Call, type Code, Fields, Item, Method, Name } from './code.ts';
import { CodeParser, ReadError } from './parse-code.ts';
import { readImports } from './read-imports.ts';

/** An op as its own file has it: without its place in the graph. */
export type OpDefinition = Omit<OpNode, 'position' | 'args'>;

export interface ReadGraph {
  /** The composing function's name. */
  readonly name: string | undefined;
  readonly inputs: readonly string[];
  /** With the specifier of the file that each comes from. */
  readonly ops: readonly { readonly op: Omit<OpNode, 'position'>; readonly from: string }[];
  /** What is returned: one result, or several by name. */
  readonly returned: OpResult | Readonly<Record<string, OpResult>>;
}

/** `text` is the module; `opAt` reads the op that an import names. Throws a ReadError. */
export function readGraph(text: string, opAt: (specifier: string) => OpDefinition | undefined): ReadGraph {
  const imports = readImports(text) ?? [];
  const modules = new Map<string, string>();
  for (const { from, names } of imports)
    for (const { imported, local } of names) modules.set(`${local} ${imported}`, from);
  return new GraphReader(text, modules, opAt).read();
}

/** What an expression stands for. */
type Value =
  | { readonly input: string }
  | { readonly result: OpResult; readonly isPerValue: boolean }
  | { readonly collected: OpResult }
  | { readonly several: ReadonlyMap<string, Value> }
  | { readonly list: readonly Value[] };

interface KnownOp {
  readonly op: OpDefinition;
  readonly from: string;
}

class GraphReader {
  readonly #parser: CodeParser;
  readonly #text: string;
  readonly #modules: ReadonlyMap<string, string>;
  readonly #opAt: (specifier: string) => OpDefinition | undefined;
  readonly #ops = new Map<string, KnownOp>();
  readonly #made: { op: Omit<OpNode, 'position'>; readonly from: string }[] = [];

  constructor(
    text: string,
    modules: ReadonlyMap<string, string>,
    opAt: (specifier: string) => OpDefinition | undefined,
  ) {
    this.#text = text;
    this.#modules = modules;
    this.#opAt = opAt;
    this.#parser = new CodeParser(text, endOfImports(text));
  }

  read(): ReadGraph {
    const parser = this.#parser;
    for (;;) {
      const isExported = parser.skip('export');
      if (isExported && parser.skip('default')) break;
      if (!parser.skip('const')) parser.fail('Expected `const` or the default export.');
      const name = parser.name();
      parser.expect('=');
      const code = parser.expression();
      parser.skip(';');
      if (!(isExported && name === 'options')) this.#declareOp(name, code);
    }
    const head = readBodyHead(this.#text);
    if (!head.ok) throw new ReadError(head.error.message, head.error.offset);
    const env = new Map<string, Value>(head.value.inputs.map(({ name, local }) => [local, { input: name }]));
    this.#toBlock();
    const returned = this.#statements(env);
    return {
      name: head.value.functionName?.name,
      inputs: head.value.inputs.map(({ name }) => name),
      ops: this.#made,
      returned,
    };
  }

  // `op(module.options, module.default)`, or with what a default import is called.
  #declareOp(local: string, code: Code): void {
    const body = code instanceof Call && code.callee === 'op' ? code.args.at(-1) : undefined;
    if (!(body instanceof Name))
      this.#parser.fail(
        `“${local}” must be an op whose body is imported: op(module.options, module.default).`,
      );
    const [module = '', member] = body.text.split('.');
    const from =
      member === 'default' ? this.#modules.get(`${module} *`) : this.#modules.get(`${module} default`);
    const op = from === undefined ? undefined : this.#opAt(from);
    if (from === undefined || !op) this.#parser.fail(`The op “${local}” cannot be read.`);
    this.#ops.set(local, { op, from });
  }

  // From the function's name to the first token of its block.
  #toBlock(): void {
    const parser = this.#parser;
    parser.skip('async');
    const isFunction = parser.skip('function');
    if (isFunction && parser.word !== '(') parser.name();
    let depth = 0;
    do {
      const word = parser.take();
      if (word === '(') depth += 1;
      if (word === ')') depth -= 1;
    } while (depth > 0 && !parser.isAtEnd);
    if (parser.skip(':')) parser.type();
    if (!isFunction) parser.expect('=>');
  }

  #statements(env: Map<string, Value>): ReadGraph['returned'] {
    const parser = this.#parser;
    if (!parser.skip('{')) return this.#returned(parser.expression(), env);
    for (;;) {
      if (parser.skip('return')) {
        const returned = this.#returned(parser.expression(), env);
        parser.skip(';');
        parser.expect('}');
        return returned;
      }
      parser.expect('const');
      if (parser.word === '{') {
        const pattern = parser.expression();
        parser.expect('=');
        const value = this.#value(parser.expression(), env);
        if (pattern instanceof Fields)
          for (const [name, local] of pattern.entries)
            if (local instanceof Name) env.set(local.text, this.#member(value, name));
      } else {
        const name = parser.name();
        parser.expect('=');
        env.set(name, this.#value(parser.expression(), env));
      }
      parser.skip(';');
    }
  }

  #returned(code: Code, env: ReadonlyMap<string, Value>): ReadGraph['returned'] {
    if (code instanceof Fields)
      return Object.fromEntries(
        code.entries.map(([name, item]) => [name, this.#result(this.#value(item, env))]),
      );
    const value = this.#value(code, env);
    if (!('several' in value)) return this.#result(value);
    return Object.fromEntries([...value.several].map(([name, item]) => [name, this.#result(item)]));
  }

  #result(value: Value): OpResult {
    return 'result' in value ? value.result : this.#parser.fail('Only what an op gives can be returned.');
  }

  #value(code: Code, env: ReadonlyMap<string, Value>): Value {
    if (Array.isArray(code)) return { list: code.map((item: Code) => this.#value(item, env)) };
    if (code instanceof Name) {
      const [root = '', ...members] = code.text.split('.');
      const found = env.get(root);
      if (!found) this.#parser.fail(`“${root}” is not known here.`);
      return members.reduce<Value>((value, member) => this.#member(value, member), found);
    }
    if (code instanceof Item && (typeof code.key === 'string' || typeof code.key === 'number'))
      return this.#member(this.#value(code.target, env), code.key);
    if (code instanceof Call) {
      const op = this.#ops.get(code.callee);
      if (op)
        return this.#call(
          op,
          code.args.map((arg) => this.#value(arg, env)),
        );
      const dot = code.callee.lastIndexOf('.');
      if (dot > 0)
        return this.#method(new Name(code.callee.slice(0, dot)), code.callee.slice(dot + 1), code.args, env);
    }
    if (code instanceof Method) return this.#method(code.target, code.name, code.args, env);
    return this.#parser.fail('A graph may only call its ops and pass on inputs and results.');
  }

  #member(value: Value, name: string | number): Value {
    if ('several' in value) {
      const found = typeof name === 'number' ? [...value.several.values()][name] : value.several.get(name);
      if (found) return found;
    }
    return this.#parser.fail(`No op gives “${name}” there.`);
  }

  #method(target: Code, name: string, args: readonly Code[], env: ReadonlyMap<string, Value>): Value {
    const value = this.#value(target, env);
    if (!('result' in value))
      return this.#parser.fail(`Only what an op gives can be followed by .${name}().`);
    if (!value.isPerValue) this.#markDynamic(value.result);
    if (name === 'collect') return { collected: value.result };
    const [over] = args;
    if (name !== 'map' || !(over instanceof Arrow))
      return this.#parser.fail(`Results know .map((value) => …) and .collect(), not .${name}().`);
    const inner = new Map(env);
    for (const parameter of over.parameters.slice(0, 1))
      inner.set(parameter, { result: value.result, isPerValue: true });
    return this.#value(over.result, inner);
  }

  #call({ op, from }: KnownOp, args: readonly Value[]): Value {
    let name = op.name;
    for (let i = 2; this.#made.some((made) => made.op.name === name); i++) name = `${op.name}_${i}`;
    this.#made.push({ op: { ...op, name, args: args.map((arg) => this.#argument(arg)) }, from });
    const isPerValue = args.some((arg) => 'result' in arg && arg.isPerValue);
    const outs: readonly OpOut[] = op.outs ?? [{ name: 'result' }];
    const values = outs.map((out): readonly [string, Value] => [
      out.name,
      { result: out.name === 'result' ? { op: name } : { op: name, output: out.name }, isPerValue },
    ]);
    const [only] = values;
    return values.length === 1 && only ? only[1] : { several: new Map(values) };
  }

  #argument(value: Value): OpArgument {
    if ('input' in value) return value;
    if ('result' in value) return value.result;
    if ('collected' in value) return { ...value.collected, collect: true };
    if ('list' in value)
      return {
        list: value.list.map((item) =>
          'result' in item ? item.result : this.#parser.fail('A list may hold results of ops only.'),
        ),
      };
    return this.#parser.fail('Name the output that is meant.');
  }

  #markDynamic({ op, output = 'result' }: OpResult): void {
    const made = this.#made.find((each) => each.op.name === op);
    if (!made) return;
    const outs = (made.op.outs ?? [{ name: 'result' }]).map((out) =>
      out.name === output ? { ...out, isDynamic: true } : out,
    );
    made.op = { ...made.op, outs };
  }
}

const endOfImports = (text: string): number => readImports(text)?.at(-1)?.end ?? 0;
