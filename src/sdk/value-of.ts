// What a body gives, as those that read it get it: for the types of exported projects.

import type { MaterializeResult, Output } from './results.ts';

type Given<R> =
  R extends Promise<infer Inner>
    ? Given<Inner>
    : R extends MaterializeResult<infer Value> | Output<infer Value>
      ? Value
      : R extends Generator<infer Step> | AsyncGenerator<infer Step>
        ? Given<Step>
        : R;

type Frozen<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends Date | RegExp | ArrayBufferView | ArrayBuffer
    ? T
    : T extends readonly (infer Item)[]
      ? readonly Frozen<Item>[]
      : T extends Map<infer Key, infer Value>
        ? ReadonlyMap<Key, Frozen<Value>>
        : T extends Set<infer Item>
          ? ReadonlySet<Item>
          : T extends object
            ? { readonly [Name in keyof T]: Frozen<T[Name]> }
            : T;

/** The value of the asset that a body makes, read-only as inputs are. `ValueOf<typeof import('./orders.ts').default>`. */
export type ValueOf<Body> = Body extends (...args: never[]) => infer R ? Frozen<Given<R>> : unknown;
