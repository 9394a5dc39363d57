// Which contents this browser trusts, by their hash: those that its user looked at and opened, and those that it saved
// or shared itself.

import { asProjectId, type ProjectId } from '#model/ids.ts';
import type { PreferencesPort } from '#ui/kit/services.tsx';

export interface TrustedContent {
  /** Lower-case hex SHA-256. */
  readonly hash: string;
  readonly name: string;
  /** When trust was given, in milliseconds since the epoch. */
  readonly at: number;
  /** The project that was made of it; none for what this browser has made itself. */
  readonly projectId?: ProjectId;
  /** Its assets were added to a project. */
  readonly isAdded?: true;
}

const preference = 'trusted-contents';
/** The oldest are forgotten beyond this. */
const most = 500;
const maxName = 200;
/** Later there are no dates. */
const maxTime = 8.64e15;

/** Newest first. */
export function trustedContents(preferences: PreferencesPort): readonly TrustedContent[] {
  try {
    const list: unknown = JSON.parse(preferences.read(preference) ?? '[]');
    return Array.isArray(list) ? list.map(readEntry).filter((entry) => entry !== undefined) : [];
  } catch {
    return []; // What is stored there is not ours: nothing is trusted.
  }
}

export const trustedContent = (preferences: PreferencesPort, hash: string): TrustedContent | undefined =>
  trustedContents(preferences).find((entry) => entry.hash === hash);

export function trustContent(preferences: PreferencesPort, entry: TrustedContent): void {
  const others = trustedContents(preferences).filter(({ hash }) => hash !== entry.hash);
  write(preferences, [{ ...entry, name: entry.name.slice(0, maxName) }, ...others].slice(0, most));
}

export function distrustContent(preferences: PreferencesPort, hash: string): void {
  write(
    preferences,
    trustedContents(preferences).filter((entry) => entry.hash !== hash),
  );
}

const write = (preferences: PreferencesPort, list: readonly TrustedContent[]) =>
  preferences.write(preference, JSON.stringify(list));

function readEntry(raw: unknown): TrustedContent | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { hash, name, at, projectId, isAdded } = raw as Record<string, unknown>;
  if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) return undefined;
  if (typeof name !== 'string' || typeof at !== 'number' || Math.abs(at) > maxTime) return undefined;
  return {
    hash,
    name,
    at,
    ...(typeof projectId === 'string' ? { projectId: asProjectId(projectId) } : {}),
    ...(isAdded === true ? { isAdded } : {}),
  };
}
