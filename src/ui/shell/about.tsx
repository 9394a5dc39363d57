import css from './top-bar.module.css';

/** What the app is, what it does with your work, and under which licence it comes. */
export function About() {
  return (
    <div className={css.popover}>
      <p>
        Headwater is Dagster’s software-defined-asset model on a drawing board: draw data assets, write each
        in TypeScript, materialize them in the browser and keep every value they ever had.
      </p>
      <p>
        There is no server and no account. Projects, runs and values stay in this browser until you save a
        file or a backup. After the first visit the app works offline.
      </p>
      <p>
        MIT licence. It stands on React, React Flow, Mantine, TanStack, Monaco, Dexie, Zod, acorn, SWC and
        other open-source libraries under their own licences. The data of the examples keep theirs.
      </p>
    </div>
  );
}
