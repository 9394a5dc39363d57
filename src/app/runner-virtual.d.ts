// Made by vite-runner-plugin.ts.

declare module 'virtual:runner' {
  /** The body worker as one classic script. */
  export const workerText: string;
  /** The runner frame's document. Its inline script's hash is in the page's policy. */
  export const frameDocument: string;
  /** Libraries that bodies may import, each loaded when first asked for. */
  export const libraries: Readonly<Record<string, () => Promise<{ readonly text: string }>>>;
}

declare module 'virtual:runner-node' {
  /** The script of a lane in a worker thread: an option of `createNodeRunner`. */
  export const workerText: string;
  export function libraryText(specifier: string): Promise<string | undefined>;
}
