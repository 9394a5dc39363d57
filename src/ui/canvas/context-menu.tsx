// The menu under the right mouse button (or the menu key): the commands that fit what was pointed at.

import { Menu } from '@mantine/core';
import { Fragment } from 'react';
import { readerOf } from '#model/commands/readers.ts';
import { asAssetId } from '#model/ids.ts';
import type { AppCommand } from '#ui/kit/app-commands.tsx';
import { keysText } from '#ui/kit/key-hint.tsx';
import { useServices } from '#ui/kit/services.tsx';
import { useActions } from './actions-context.ts';
import { type MenuTarget, useCanvas, useCanvasStore } from './canvas-store.ts';
import css from './context-menu.module.css';
import { useGraphCommands } from './graph-commands.tsx';

const onItems = [
  ['open', 'open-graph', 'rename'],
  ['observe-selected', 'materialize-selected', 'materialize-up-to', 'materialize-from', 'preview-plan'],
  ['cut', 'copy', 'duplicate'],
  [
    'convert-asset',
    'convert-observable',
    'convert-external',
    'convert-multi',
    'convert-multi-observable',
    'convert-graph',
  ],
  ['lay-out-selection'],
  ['delete', 'delete-and-reconnect'],
];
const onCanvas = [
  [
    'add-asset',
    'add-multi',
    'add-graph',
    'add-observable',
    'add-multi-observable',
    'add-external',
    'add-note',
  ],
  ['paste', 'select-all', 'search'],
  ['lay-out', 'fit'],
  ['materialize-all', 'materialize-stale', 'preview-plan'],
];

export function ContextMenu() {
  const canvas = useCanvasStore();
  const menu = useCanvas((state) => state.menu);
  const close = () => canvas.setState({ menu: undefined });
  if (!menu) return null;
  return (
    <Menu
      key={`${menu.x} ${menu.y}`}
      opened
      onClose={close}
      position="bottom-start"
      offset={0}
      width={312}
      withinPortal
      trapFocus
      // As long as it is, it moves up along the pointer until it is whole on the screen.
      middlewares={{ flip: false, shift: { crossAxis: true, padding: 8 } }}
    >
      <Menu.Target>
        <div className={css.anchor} style={{ left: menu.x, top: menu.y }} />
      </Menu.Target>
      <Menu.Dropdown
        className={`nokey ${css.menu}`}
        onContextMenu={(event) => {
          event.preventDefault();
          close();
        }}
      >
        {menu.target.type === 'edge' ? (
          <EdgeItems id={menu.target.id} />
        ) : (
          <CommandItems target={menu.target} groups={menu.target.type === 'items' ? onItems : onCanvas} />
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function CommandItems({
  target,
  groups,
}: {
  readonly target: MenuTarget;
  readonly groups: readonly (readonly string[])[];
}) {
  const actions = useActions();
  const commands = new Map(
    useGraphCommands()
      .list()
      .map((command) => [command.id, command]),
  );
  // On the canvas "here" is where the pointer was.
  const runHere = (command: AppCommand) => {
    if (target.type !== 'canvas') return command.run();
    if (command.id === 'add-asset') actions.add('asset', target.at);
    else if (command.id === 'add-multi') actions.add('multi', target.at);
    else if (command.id === 'add-graph') actions.add('graph', target.at);
    else if (command.id === 'add-observable') actions.add('observable', target.at);
    else if (command.id === 'add-multi-observable') actions.add('multi-observable', target.at);
    else if (command.id === 'add-external') actions.add('external', target.at);
    else if (command.id === 'add-note') actions.add('note', target.at);
    else command.run();
  };
  return groups
    .map((ids) => ids.flatMap((id) => commands.get(id) ?? []).filter(isWorthShowing))
    .filter((group) => group.length > 0)
    .map((group, i) => (
      <Fragment key={group[0]!.id}>
        {i > 0 ? <Menu.Divider /> : null}
        {group.map((command) => (
          <Menu.Item
            key={command.id}
            disabled={command.isEnabled === false}
            {...(command.isDangerous ? { color: 'red' } : {})}
            rightSection={command.keys ? <span className={css.keys}>{keysText(command.keys)}</span> : null}
            onClick={() => runHere(command)}
          >
            {command.label}
          </Menu.Item>
        ))}
      </Fragment>
    ));
}

/** What never fits one thing is left out; what does not fit now is shown without effect. */
const isWorthShowing = ({ id, isEnabled }: AppCommand): boolean =>
  isEnabled !== false ||
  !['observe-selected', 'lay-out-selection', 'delete-and-reconnect', 'rename', 'open', 'open-graph'].includes(
    id,
  );

function EdgeItems({ id }: { readonly id: string }) {
  const actions = useActions();
  const { documents } = useServices();
  const [from, to] = id.split(' ').map(asAssetId);
  const { graph } = documents.store.getState();
  const edge = graph.edges.find((candidate) => candidate.from === from && candidate.to === to);
  if (!edge) return null;
  const other = edge.kind === 'value' ? 'order' : 'value';
  const canCarry = readerOf(graph.document, edge.to) !== undefined;
  return (
    <>
      <Menu.Item disabled={!canCarry} onClick={() => actions.changeKind(edge.from, edge.to, other)}>
        {other === 'order' ? 'Make order only' : 'Pass the value'}
      </Menu.Item>
      <Menu.Item
        color="red"
        rightSection={<span className={css.keys}>Del</span>}
        onClick={() => actions.disconnect(edge.from, edge.to)}
      >
        Disconnect
      </Menu.Item>
    </>
  );
}
