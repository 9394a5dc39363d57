import { expect, test } from 'vitest';
import { type CodeTarget, comparedTexts, writeCode } from '#interop/project-code.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { createCodePort } from './code-client.ts';
import { createCodeCalls } from './handler.ts';

const typescript: CodeTarget = { type: 'typescript' };
const dagster: CodeTarget = { type: 'dagster', executor: 'dask' };
const first = graph().asset('a').asset('b', '({ a }) => a + 1').document();
const edited = graph(first).asset('b', '({ a }) => a + 2').document();
const never = new AbortController().signal;

/** A port over workers in this thread: everything is copied on its way, as between threads. */
function openPort() {
  const asked: string[] = [];
  const passed: number[] = [];
  const deaths: ((reason: Error) => void)[] = [];
  let isSilent = false;
  const port = createCodePort((onDead) => {
    const calls = createCodeCalls();
    deaths.push(onDead);
    const answer = async <T>(make: () => T): Promise<T> =>
      isSilent ? new Promise<T>(() => undefined) : structuredClone(make());
    return {
      calls: {
        write(step) {
          asked.push(step.target.type);
          return answer(() => {
            const made = calls.write(structuredClone(step));
            passed.push(made.texts.size);
            return made;
          });
        },
        compare: (before, after) =>
          answer(() => calls.compare(structuredClone(before), structuredClone(after))),
      },
      stop: () => undefined,
    };
  });
  return {
    port,
    asked,
    passed,
    fallSilent(silent: boolean) {
      isSilent = silent;
    },
    die: () => deaths.at(-1)?.(new Error('out of memory')),
    started: () => deaths.length,
  };
}

test('what comes from the worker is what the document is written as, after every change and for every target', async () => {
  const { port } = openPort();
  for (const document of [first, edited, first])
    for (const target of [typescript, dagster])
      expect(await port.write(never, document, target)).toEqual(writeCode(document, target));
});

test('after an edit only the files that it changed pass', async () => {
  const { port, passed } = openPort();
  await port.write(never, first, typescript);
  const { texts } = await port.write(never, edited, typescript);
  expect(texts.get('assets/b.ts')).toContain('a + 2');
  expect(passed).toEqual([texts.size, 1]);
});

test('of requests that wait, those that were aborted are never made', async () => {
  const { port, asked } = openPort();
  const overtaken = new AbortController();
  const early = port.write(never, first, typescript);
  const dropped = port.write(overtaken.signal, edited, typescript);
  const newest = port.write(never, edited, dagster);
  overtaken.abort();
  await expect(dropped).rejects.toThrow();
  expect((await early).texts.get('assets/b.ts')).toContain('a + 1');
  expect((await newest).problems).toEqual([]);
  expect(asked).toEqual(['typescript', 'dagster']);
});

test('a comparison tells the files that differ, and what is written next is whole', async () => {
  const { port } = openPort();
  const changes = await port.compare(
    never,
    { document: first, target: typescript },
    { document: edited, target: typescript },
  );
  expect([...changes.keys()]).toEqual(['assets/b.ts']);
  expect(changes.get('assets/b.ts')).toEqual({
    before: comparedTexts(first, typescript).get('assets/b.ts'),
    after: comparedTexts(edited, typescript).get('assets/b.ts'),
  });
  expect(await port.write(never, edited, typescript)).toEqual(writeCode(edited, typescript));
});

test('a worker that dies is said, and the next request starts another that knows everything', async () => {
  const { port, fallSilent, die, started } = openPort();
  await port.write(never, first, typescript);
  fallSilent(true);
  const lost = port.write(never, edited, typescript);
  const told = expect(lost).rejects.toThrow('out of memory');
  await Promise.resolve();
  await Promise.resolve();
  die();
  await told;
  fallSilent(false);
  expect(await port.write(never, edited, typescript)).toEqual(writeCode(edited, typescript));
  expect(started()).toBe(2);
});

test('why a project cannot be written comes over too', async () => {
  const { port } = openPort();
  const cut = graph().asset('a').asset('b', '({ gone }) => gone').document();
  const code = await port.write(never, cut, dagster);
  expect(code.texts.size).toBe(0);
  expect(code.rest).toBe(1);
  expect(code.problems).toMatchObject([{ isFatal: true, place: { kind: 'asset', id: idOf('b') } }]);
});
