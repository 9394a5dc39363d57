// Light or dark, on the page itself.

export type SchemeChoice = 'light' | 'dark' | 'auto';

/** Sets the scheme on the page before the first paint, so that dark does not flash light. */
export function applyScheme(choice: SchemeChoice): void {
  const prefersDark = window.matchMedia('(prefers-color-scheme: dark)').matches;
  const scheme = choice === 'auto' ? (prefersDark ? 'dark' : 'light') : choice;
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
}
