// SIGKILL of a whole browser: every process that works on one profile.

import { readdirSync, readFileSync } from 'node:fs';

/** The processes whose command line names the profile; each is ours, because the profile is. */
function pidsOf(profile: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(`--user-data-dir=${profile}`);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Kills it at once, and answers when nothing of it is left. */
export async function killBrowser(profile: string): Promise<void> {
  for (;;) {
    const pids = pidsOf(profile);
    if (pids.length === 0) return;
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Gone since.
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
