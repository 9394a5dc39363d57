// Is a config what its JSON Schema asks for? Zod decides; the sentences are ours. Apart from the rest of the
// model, because Zod is large.

import { z } from 'zod';
import { err, ok, type Result } from '#base/result.ts';
import type { Json } from '../document.ts';
import { type ConfigPath, type ConfigProblem, valueAt } from './config-path.ts';
import { isSafePattern } from './safe-pattern.ts';

// The page forbids code made from text, which Zod would otherwise try.
z.config({ jitless: true });

export interface CheckConfigOptions {
  /** May `{ "env": "NAME" }` stand where a text, a number or a switch is asked for? */
  readonly allowsEnvironment?: boolean;
}

const deepest = 60;

/** The config with the defaults of its schema filled in, or everything that is wrong with it. */
export function checkConfig(
  schema: Json,
  config: Json | undefined,
  options: CheckConfigOptions = {},
): Result<Json, readonly ConfigProblem[]> {
  const checker = checkerOf(schema, options.allowsEnvironment === true);
  if (!checker.ok) return err([{ path: [], message: `cannot be checked: ${checker.error}` }]);
  const given = config ?? {};
  try {
    const outcome = checker.value.safeParse(given);
    if (outcome.success) return ok(outcome.data as Json);
    return err(outcome.error.issues.flatMap((issue) => problemsOf(issue, [], given)));
  } catch (thrown) {
    return err([{ path: [], message: `cannot be checked: ${textOf(thrown)}` }]);
  }
}

/** Why a schema cannot be used, as a sentence; undefined when it can. */
export function schemaProblem(schema: Json): string | undefined {
  if (!isRecord(schema)) return 'A JSON Schema is an object: { "type": "object", "properties": {…} }.';
  if (schema.type !== 'object' && schema.$ref === undefined && schema.allOf === undefined)
    return 'The schema of a config has "type": "object".';
  const checker = checkerOf(schema, false);
  return checker.ok ? undefined : `This schema cannot be used: ${checker.error}.`;
}

const checkers = { plain: new WeakMap<object, Checker>(), environment: new WeakMap<object, Checker>() };
type Checker = Result<z.ZodType, string>;

function checkerOf(schema: Json, allowsEnvironment: boolean): Checker {
  if (!isRecord(schema)) return err('the schema is no object');
  const known = checkers[allowsEnvironment ? 'environment' : 'plain'];
  const found = known.get(schema);
  if (found) return found;
  const made = makeChecker(schema, allowsEnvironment);
  known.set(schema, made);
  return made;
}

function makeChecker(schema: Json, allowsEnvironment: boolean): Checker {
  try {
    // What is checked here is JSON of our own making: its form is not in question.
    return ok(
      z.fromJSONSchema(prepared(schema, allowsEnvironment, 0) as Parameters<typeof z.fromJSONSchema>[0]),
    );
  } catch (thrown) {
    return err(textOf(thrown));
  }
}

const environmentReference = {
  type: 'object',
  properties: { env: { type: 'string', minLength: 1 } },
  required: ['env'],
  additionalProperties: false,
} as const;
const scalars: ReadonlySet<Json | undefined> = new Set(['string', 'number', 'integer', 'boolean']);
const schemaMaps = new Set(['properties', 'patternProperties', '$defs', 'definitions']);
const schemaLists = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
const schemaPlaces = new Set([
  'items',
  'additionalProperties',
  'contains',
  'propertyNames',
  'additionalItems',
]);

/** The schema without patterns that could take for ever, and with environment variables where they may stand. */
function prepared(schema: Json, allowsEnvironment: boolean, depth: number): Json {
  if (!isRecord(schema)) return schema;
  if (depth > deepest) throw new RangeError('it is nested too deeply');
  const inner = (value: Json) => prepared(value, allowsEnvironment, depth + 1);
  const entries = Object.entries(schema).flatMap(([name, value]): (readonly [string, Json])[] => {
    if (name === 'pattern') return typeof value === 'string' && isSafePattern(value) ? [[name, value]] : [];
    if (schemaMaps.has(name) && isRecord(value)) {
      const members = Object.entries(value).filter(
        ([member]) => name !== 'patternProperties' || isSafePattern(member),
      );
      return [[name, Object.fromEntries(members.map(([member, of]) => [member, inner(of)]))]];
    }
    if (schemaLists.has(name) && Array.isArray(value)) return [[name, (value as readonly Json[]).map(inner)]];
    return [[name, schemaPlaces.has(name) ? inner(value) : value]];
  });
  const plain = Object.fromEntries(entries);
  const { type } = schema;
  const isScalar = Array.isArray(type)
    ? type.every((one: Json) => scalars.has(one) || one === 'null')
    : scalars.has(type);
  if (!allowsEnvironment || !isScalar) return plain;
  const { default: fallback, ...rest } = plain;
  return { anyOf: [rest, environmentReference], ...(fallback === undefined ? {} : { default: fallback }) };
}

type Issue = z.core.$ZodIssue;

function problemsOf(issue: Issue, parent: ConfigPath, config: Json): readonly ConfigProblem[] {
  const path = [...parent, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
  const value = valueAt(config, path);
  if (value === undefined) return [{ path, message: 'is needed' }];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], message: 'is not known here' }));
    case 'invalid_union':
      return unionProblems(issue, path, config);
    default:
      return [{ path, message: messageOf(issue) }];
  }
}

/** Of the ways in which a value could have been right, the one it was meant for; all of them when none was. */
function unionProblems(
  issue: Extract<Issue, { readonly code: 'invalid_union' }>,
  path: ConfigPath,
  config: Json,
): readonly ConfigProblem[] {
  const isOfOtherKind = ({ path: at, code }: Issue) => at.length === 0 && code === 'invalid_type';
  const meant = issue.errors.find((branch) => branch.length > 0 && !branch.some(isOfOtherKind));
  if (meant) return meant.flatMap((one) => problemsOf(one, path, config));
  const kinds = issue.errors.flatMap((branch) =>
    branch.flatMap((one) => (one.code === 'invalid_type' ? [kindText(one.expected)] : [])),
  );
  const known = [...new Set(kinds)];
  return [
    {
      path,
      message: known.length === 0 ? 'fits none of the forms it may have' : `must be ${known.join(' or ')}`,
    },
  ];
}

function messageOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'never' ? 'must be left out' : `must be ${kindText(issue.expected)}`;
    case 'too_small':
      if (issue.origin === 'string')
        return issue.minimum === 1 ? 'must not be empty' : `must have at least ${issue.minimum} characters`;
      if (issue.origin === 'array') return `must have at least ${counted(issue.minimum, 'entry', 'entries')}`;
      return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'string')
        return `must have at most ${counted(issue.maximum, 'character', 'characters')}`;
      if (issue.origin === 'array') return `must have at most ${counted(issue.maximum, 'entry', 'entries')}`;
      return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
    case 'invalid_format':
      return formats[issue.format] ?? `must be a valid ${issue.format}`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(quoted).join(', ')}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    default:
      return sentencePart(issue.message);
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};
const kindText = (kind: string): string => kinds[kind] ?? kind;

const formats: Readonly<Record<string, string>> = {
  date: 'must be a date, such as 2026-01-31',
  datetime: 'must be a date and time, such as 2026-01-31T09:30:00Z',
  time: 'must be a time, such as 09:30:00',
  duration: 'must be a duration, such as PT15M',
  email: 'must be an e-mail address',
  url: 'must be a URL, such as https://example.org',
  uuid: 'must be a UUID',
  guid: 'must be a UUID',
  ipv4: 'must be an IPv4 address',
  ipv6: 'must be an IPv6 address',
  regex: 'does not have the form that is asked for',
};

const counted = (count: number | bigint, one: string, many: string): string =>
  `${count} ${Number(count) === 1 ? one : many}`;
const quoted = (value: unknown): string => (typeof value === 'string' ? `“${value}”` : String(value));
const sentencePart = (text: string): string =>
  text.replace(/\.$/, '').replace(/^./, (first) => first.toLowerCase());
const textOf = (thrown: unknown): string =>
  sentencePart(thrown instanceof Error ? thrown.message : String(thrown));
const isRecord = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
