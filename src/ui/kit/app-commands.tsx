// What can be done here and now, by name: each page provides its commands, the palette and menus show them.

import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';

export interface AppCommand {
  readonly id: string;
  readonly label: string;
  readonly section: string;
  /** A few words more, beside the label. */
  readonly about?: string;
  /** In the form of `KeyHint`. */
  readonly keys?: string;
  readonly isEnabled?: boolean;
  readonly isDangerous?: boolean;
  run(): void;
}

/** `text`: what is sought, for commands that only a search brings up. */
type ListCommands = (text: string) => readonly AppCommand[];

const CommandsContext = createContext<Set<ListCommands> | undefined>(undefined);

export function CommandsProvider({ children }: { readonly children: ReactNode }) {
  const [providers] = useState(() => new Set<ListCommands>());
  return <CommandsContext value={providers}>{children}</CommandsContext>;
}

function useProviders(): Set<ListCommands> {
  const providers = useContext(CommandsContext);
  if (!providers) throw new Error('Internal error: no commands above this component');
  return providers;
}

/** Offers commands while the component is on the screen. `list` is asked when somebody wants to know. */
export function useProvideCommands(list: ListCommands): void {
  const providers = useProviders();
  const latest = useRef(list);
  useEffect(() => {
    latest.current = list;
  });
  useEffect(() => {
    const ask: ListCommands = (text) => latest.current(text);
    providers.add(ask);
    return () => {
      providers.delete(ask);
    };
  }, [providers]);
}

/** All commands that are offered now. */
export function useListCommands(): ListCommands {
  const providers = useProviders();
  return (text) => [...providers].flatMap((list) => list(text));
}
