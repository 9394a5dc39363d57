import { expect, test } from 'vitest';
import { asAssetId } from '#model/ids.ts';
import { typeProblemText } from './type-problem-text.ts';

const place = { assetId: asAssetId('report'), line: 1, column: 1 };
const input = { name: 'orders', from: asAssetId('orders') };

test('a renamed field is told under both names', () => {
  const missing = { field: 'amount', path: '[]', renamedTo: 'total' };
  expect(typeProblemText({ ...place, message: 'x', input, missing }, 'raw/orders')).toEqual({
    title: '“amount” of “raw/orders” is called “total” now.',
  });
});

test('a field that an input lacks is told in the words of the graph', () => {
  const missing = { field: 'price', path: '[]' };
  expect(typeProblemText({ ...place, message: 'x', input, missing }, undefined).title).toBe(
    '“orders” has no field “price”.',
  );
});

test('any other complaint keeps the checker’s first line and its reason', () => {
  const message =
    "Type 'A' is not assignable to type 'B'.\n  Middle.\n    Types of property 'id' are incompatible.";
  expect(typeProblemText({ ...place, message, input }, 'orders')).toEqual({
    title: "Type 'A' is not assignable to type 'B'.",
    next: "Types of property 'id' are incompatible. It comes from “orders”.",
  });
});
