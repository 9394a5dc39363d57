// What this SDK needs of a schema library, as Zod 4's objects have it. Zod itself is too large for bodies, so
// it is the author's to import.

/** The outcome of a schema's `safeParse`: the parsed value, or what is wrong and where. */
export type ParseOutcome<Output> =
  | { readonly success: true; readonly data: Output }
  | {
      readonly success: false;
      readonly error: {
        readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
      };
    };

/** One field of an object schema. */
export interface FieldSchema {
  safeParse(raw: unknown): ParseOutcome<unknown>;
}

/** An object schema: `z.object({ … })` of Zod 4, or anything with its members. */
export interface ObjectSchema<Output extends object = object, Input extends object = object> {
  readonly shape: Readonly<Record<string, FieldSchema>>;
  parse(raw: unknown): Output;
  safeParse(raw: unknown): ParseOutcome<Output>;
  /** Types only: never read. */
  readonly _zod: { readonly output: Output; readonly input: Input };
}

/** What a schema gives: `z.output`. */
export type OutputOf<Schema extends ObjectSchema> = Schema['_zod']['output'];
/** The fields that objects of a schema have. An empty one leaves other members alone, where Zod forbids them. */
export type FieldsOf<Schema extends ObjectSchema> = [OutputOf<Schema>[keyof OutputOf<Schema>]] extends [never]
  ? object
  : Readonly<OutputOf<Schema>>;
/** What a schema takes: `z.input`. */
export type InputOf<Schema extends ObjectSchema> = Schema['_zod']['input'];

/** Has `value` the members of an object schema? */
export const isObjectSchema = (value: unknown): value is ObjectSchema =>
  typeof value === 'object' &&
  value !== null &&
  typeof Reflect.get(value, 'safeParse') === 'function' &&
  typeof Reflect.get(value, 'shape') === 'object' &&
  Reflect.get(value, 'shape') !== null;
