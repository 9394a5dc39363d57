// Ctrl+K: everything that can be done here, every page, every asset, by typing a part of its name.

import { createSpotlight, Spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.layer.css';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { type AppCommand, useListCommands } from '#ui/kit/app-commands.tsx';
import { keysText } from '#ui/kit/key-hint.tsx';
import { searchAssets } from '#ui/kit/search-assets.ts';
import { useServices } from '#ui/kit/services.tsx';
import { shortcuts } from '#ui/kit/shortcuts.ts';
import css from './command-palette.module.css';
import { matchingCommands } from './matching-commands.ts';

export interface CommandPaletteProps {
  onClose(): void;
  onHelp(): void;
}

const mostAssets = 6;

export function CommandPalette({ onClose, onHelp }: CommandPaletteProps) {
  const [[store, spotlight]] = useState(createSpotlight);
  const [query, setQuery] = useState('');
  const listHere = useListCommands();
  const listApp = useAppCommands(onHelp);
  useEffect(() => spotlight.open(), [spotlight]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again for each text, not for each render
  const sections = useMemo(() => matchingCommands([...listHere(query), ...listApp(query)], query), [query]);
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      overlayProps={{ blur: 0 }}
      classNames={{ actionsGroup: css.group ?? '' }}
      maxHeight={420}
      size={560}
    >
      <Spotlight.Search
        placeholder="Do, open or find something"
        aria-label="Command palette"
        leftSection={<IconSearch size={16} stroke={1.75} />}
      />
      <Spotlight.ActionsList>
        {sections.length === 0 ? <Spotlight.Empty>Nothing here is called “{query}”</Spotlight.Empty> : null}
        {sections.map(({ title, commands }) => (
          <Spotlight.ActionsGroup key={title} label={title}>
            {commands.map((command) => (
              <Spotlight.Action key={command.id} onClick={() => command.run()}>
                <span className={css.label}>{command.label}</span>
                <span className={css.about}>
                  {command.keys === undefined ? command.about : keysText(command.keys)}
                </span>
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ))}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

const pages = [
  ['graph', 'Graph'],
  ['catalog', 'Catalog'],
  ['runs', 'Runs'],
  ['resources', 'Resources'],
] as const;

/** What can be done on every page. */
function useAppCommands(onHelp: () => void): (text: string) => readonly AppCommand[] {
  const { documents } = useServices();
  const navigate = useNavigate();
  return (text) => {
    const { projectId, document, undo, redo } = documents.store.getState();
    const command = (
      id: string,
      section: string,
      label: string,
      run: () => void,
      keys?: string,
    ): AppCommand => ({
      id,
      section,
      label,
      run,
      ...(keys === undefined ? {} : { keys }),
    });
    const everywhere = [
      command('projects', 'Go to', 'All projects', () => void navigate({ to: '/' })),
      command('locations', 'Go to', 'Code locations', () => void navigate({ to: '/locations' })),
      command('help', 'Help', 'Keyboard shortcuts', onHelp, shortcuts.help.keys),
    ];
    if (projectId === undefined) return everywhere;
    return [
      ...pages.map(([page, label]) =>
        command(`page ${page}`, 'Go to', label, () => void navigate({ href: `/p/${projectId}/${page}` })),
      ),
      ...everywhere,
      ...(undo
        ? [command('undo', 'Edit', `Undo: ${undo.label}`, () => void documents.undo(), shortcuts.undo.keys)]
        : []),
      ...(redo
        ? [command('redo', 'Edit', `Redo: ${redo.label}`, () => void documents.redo(), shortcuts.redo.keys)]
        : []),
      ...searchAssets(document, text, mostAssets).map(({ asset, where }) => ({
        ...command(
          `catalog ${asset.id}`,
          'Open in the catalog',
          asset.key,
          () => void navigate({ href: `/p/${projectId}/catalog/${asset.key}` }),
        ),
        ...(where === undefined ? {} : { about: where }),
      })),
    ];
  };
}
