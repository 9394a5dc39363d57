// The colour of a group: its own hue, else by the order in which groups first appear.

import type { ProjectDocument } from '#model/document.ts';

const hueCount = 10;
const huesByDocument = new WeakMap<ProjectDocument['assets'], ReadonlyMap<string, number>>();

/** Hue numbers 0–9 of all groups that are in use or described. */
export function groupHues(document: ProjectDocument): ReadonlyMap<string, number> {
  const known = huesByDocument.get(document.assets);
  if (known) return known;
  const hues = new Map<string, number>();
  const names = new Set<string>(document.groups.keys());
  for (const asset of document.assets.values()) if (asset.group !== undefined) names.add(asset.group);
  for (const name of names) hues.set(name, (document.groups.get(name)?.hue ?? hues.size) % hueCount);
  huesByDocument.set(document.assets, hues);
  return hues;
}

/** A CSS colour for a group; the neutral one for assets without a group. */
export function groupColour(document: ProjectDocument, group: string | undefined): string {
  const hue = group === undefined ? undefined : groupHues(document).get(group);
  return hue === undefined ? 'var(--hw-border-strong)' : `var(--hw-group-${hue})`;
}
