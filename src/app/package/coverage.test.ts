// Everything that Dagster's asset API names has an answer or a reason, and the answers are true.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import answersFile from '#sdk/coverage/answers.json' with { type: 'json' };
import { type Answer, type Answers, coverageTable } from '#sdk/coverage/coverage-table.ts';
import recorded from '#sdk/coverage/dagster-names.json' with { type: 'json' };
import { readPackageExports } from './package-exports.ts';

const answers = answersFile as unknown as Answers;
const root = fileURLToPath(new URL('../../../', import.meta.url));
const entries = answers.topics.flatMap((topic) => Object.entries(topic.names));

test('every public name of Dagster has one answer, or one reason', () => {
  const answered = [...entries.map(([name]) => name), ...answers.groups.flatMap((group) => group.names)];
  expect(answered.toSorted()).toEqual(Object.keys(recorded.names).toSorted());
  const empty = entries.filter(([, answer]) => Object.values(answer).includes(''));
  expect(empty).toEqual([]);
});

test('every answer is an export of the package, or a member of one', { timeout: 60_000 }, () => {
  const exports = readPackageExports();
  const exists = (name: string) => {
    const [head = '', member] = name.split('.');
    const found = exports.get(head);
    return found !== undefined && (member === undefined || found.members.has(member));
  };
  const missing = entries.flatMap(([name, answer]) =>
    'ours' in answer && !answer.coming && !exists(answer.ours) ? [`${name}: ${answer.ours}`] : [],
  );
  expect(missing).toEqual([]);
});

test('every answer that is there names a test that is there', () => {
  const texts = new Map<string, string>();
  const textOf = (file: string) => {
    if (!texts.has(file)) texts.set(file, existsSync(root + file) ? readFileSync(root + file, 'utf8') : '');
    return texts.get(file)!;
  };
  const isShown = (answer: Answer) =>
    !('ours' in answer) || answer.coming || (answer.test && textOf(answer.test[0]).includes(answer.test[1]));
  expect(entries.filter(([, answer]) => !isShown(answer))).toEqual([]);
});

test('coverage.md is what these files make', async () => {
  await expect(coverageTable(recorded, answers)).toMatchFileSnapshot(`${root}src/sdk/coverage.md`);
});
