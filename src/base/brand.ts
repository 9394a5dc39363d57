// Nominal strings: an AssetId cannot be passed where a RunId is wanted. Made only in model/ids.ts.

declare const brand: unique symbol;

export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
