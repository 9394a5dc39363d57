// Made by vite-player-plugin.ts.

declare module 'virtual:player' {
  /** The engine of a page that carries one project, as one classic script. */
  export const workerText: string;
}
