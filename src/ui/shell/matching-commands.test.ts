import { expect, test } from 'vitest';
import type { AppCommand } from '#ui/kit/app-commands.tsx';
import { matchingCommands } from './matching-commands.ts';

const command = (section: string, label: string, isEnabled = true): AppCommand => ({
  id: label,
  section,
  label,
  isEnabled,
  run: () => undefined,
});
const all = [
  command('Project', 'Share all'),
  command('Run', 'Materialize all'),
  command('Run', 'Materialize unsynced', false),
  command('Edit', 'Delete'),
  command('Go to asset', 'weather'),
];
const found = (text: string) =>
  matchingCommands(all, text).map(({ title, commands }) => [title, commands.map(({ label }) => label)]);

test('what cannot be done now is left out', () => {
  expect(found('materialize')).toEqual([
    ['Run', ['Materialize all']],
    ['Go to asset', ['weather']],
  ]);
});

test('words may be of the label or of the section', () => {
  expect(found('run all')[0]).toEqual(['Run', ['Materialize all']]);
  expect(found('edit')[0]).toEqual(['Edit', ['Delete']]);
});

test('what is about the whole project comes last', () => {
  expect(found('all').map(([title]) => title)).toEqual(['Run', 'Go to asset', 'Project']);
});
