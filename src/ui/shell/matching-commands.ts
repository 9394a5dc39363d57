// Which commands a typed text means, in their sections. Assets have been searched for already.

import type { AppCommand } from '#ui/kit/app-commands.tsx';

export interface CommandSection {
  readonly title: string;
  readonly commands: readonly AppCommand[];
}

const searched: ReadonlySet<string> = new Set(['Go to asset', 'Open in the catalog']);

/** What is about the project as a whole comes behind what can be done here. */
const last: ReadonlySet<string> = new Set(['Project']);

/** Every word must be in the label or the section; other sections keep the order in which they come. */
export function matchingCommands(commands: readonly AppCommand[], text: string): CommandSection[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const sections = new Map<string, AppCommand[]>();
  for (const command of commands) {
    if (command.isEnabled === false) continue;
    const place = `${command.label} ${command.section}`.toLowerCase();
    if (!searched.has(command.section) && !words.every((word) => place.includes(word))) continue;
    const section = sections.get(command.section);
    if (section) section.push(command);
    else sections.set(command.section, [command]);
  }
  const found = [...sections].map(([title, list]) => ({ title, commands: list }));
  return [...found.filter(({ title }) => !last.has(title)), ...found.filter(({ title }) => last.has(title))];
}
