import { expect, test } from 'vitest';
import { Call, Dict, jsonPython, Name, printPython, StringSet } from './python.ts';
import { packageName, pythonName, uniqueNames } from './python-names.ts';

test('text is quoted so that Python reads what was written', () => {
  expect(printPython('say "hi"\\\n\u202e')).toBe('"say \\"hi\\"\\\\\\n\\u202e"');
  expect(printPython('naïve 🌧')).toBe('"naïve 🌧"');
});

test('literals are written in the words of Python', () => {
  expect(printPython(jsonPython({ a: [true, false, null, -1.5, 1e21], b: {} }))).toBe(
    '{"a": [True, False, None, -1.5, 1e+21], "b": {}}',
  );
  expect(printPython(new StringSet([]))).toBe('set()');
});

test('a call that is too long for a line stands on several', () => {
  const call = new Call('dg.asset', {
    key: 'orders',
    description: 'x'.repeat(70),
    deps: undefined,
    retry_policy: new Call('dg.RetryPolicy', { max_retries: 2, backoff: new Name('dg.Backoff.LINEAR') }),
    tags: new Dict([['a', 'b']]),
  });
  expect(printPython(call)).toBe(`dg.asset(
    key="orders",
    description="${'x'.repeat(70)}",
    retry_policy=dg.RetryPolicy(max_retries=2, backoff=dg.Backoff.LINEAR),
    tags={"a": "b"},
)`);
});

test('names that Python refuses are changed, and two that fall together are told apart', () => {
  expect(['class', '2021', 'a-b', 'ok'].map(pythonName)).toEqual(['class_', '_2021', 'a_b', 'ok']);
  const nameOf = uniqueNames(['dg']);
  expect(['dg', 'a-b', 'a_b'].map(nameOf)).toEqual(['dg_2', 'a_b', 'a_b_2']);
});

test('a package never has the name of what it imports', () => {
  expect(packageName('Dagster')).toBe('dagster_project');
  expect(packageName('Übung 1: Wetter!')).toBe('bung_1_wetter');
  expect(packageName('random')).toBe('random_project');
  expect(packageName('Dagster Celery')).toBe('dagster_celery_project');
  expect(packageName('…')).toBe('headwater_project');
});

test('a call stands on one line as long as that has fewer than a hundred characters', () => {
  const call = (length: number) => new Call('f', { a: new Call('g', {}, ['x'.repeat(length)]) });
  const [just, over] = [call(89), call(90)].map((code) => printPython(code));
  expect(just).toBe(`f(a=g("${'x'.repeat(89)}"))`);
  expect(just).toHaveLength(99);
  expect(over).toBe(`f(\n    a=g(\n        "${'x'.repeat(90)}",\n    ),\n)`);
});
