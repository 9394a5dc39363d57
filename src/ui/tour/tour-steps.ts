// The tour: five things to do with the weather example, each with how to see that it is done.

import type { AssetState } from '#model/asset-state.ts';
import type { ProjectDocument } from '#model/document.ts';
import type { AssetId } from '#model/ids.ts';

/** What the steps look at. */
export interface TourFacts {
  readonly document: ProjectDocument;
  readonly isOpen: boolean;
  readonly states: ReadonlyMap<AssetId, AssetState>;
  readonly selected: ReadonlySet<AssetId>;
  readonly inspectorTab: string;
  readonly pathname: string;
}

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** Where to look: a CSS selector, or the name of a button. */
  readonly target?: { readonly selector: string } | { readonly button: string };
  /** The page on which it happens; the card offers the way there from elsewhere. */
  readonly page: 'projects' | 'graph' | 'any';
  isDone(facts: TourFacts): boolean;
}

const keyOf = (facts: TourFacts, key: string): AssetId | undefined => {
  for (const asset of facts.document.assets.values()) if (asset.key === key) return asset.id;
  return undefined;
};
const isWeather = (facts: TourFacts) => facts.isOpen && keyOf(facts, 'yearly_summary') !== undefined;

export const tourSteps: readonly TourStep[] = [
  {
    title: 'Open a pipeline',
    text: 'Each box of the Seattle weather example is a data asset, each line says who reads whom. Opening runs nothing.',
    target: { selector: '[data-testid="example-seattle-weather"]' },
    page: 'projects',
    isDone: isWeather,
  },
  {
    title: 'Materialize it',
    text: 'Press “Materialize all”. The code of every asset runs here, in sandboxed workers, as soon as its inputs are ready.',
    target: { button: 'Materialize all' },
    page: 'graph',
    isDone: (facts) =>
      isWeather(facts) && facts.states.get(keyOf(facts, 'seattle_report')!)?.latest !== undefined,
  },
  {
    title: 'Look at the data',
    text: 'Select “yearly_summary” and open the Data tab on the right: the value that the asset has now, kept in this browser.',
    target: { selector: '[data-testid="asset-node"][data-asset-key="yearly_summary"]' },
    page: 'graph',
    isDone: (facts) =>
      isWeather(facts) &&
      facts.inspectorTab === 'data' &&
      facts.selected.has(keyOf(facts, 'yearly_summary')!),
  },
  {
    title: 'Change some code',
    text: 'Select “daily_weather”, open the Body tab and change a line, a number will do. What is behind it turns stale and says why. Undo makes it fresh again.',
    target: { selector: '[data-testid="asset-node"][data-asset-key="daily_weather"]' },
    page: 'graph',
    isDone: (facts) =>
      isWeather(facts) && [...facts.states.values()].some(({ staleCauses }) => staleCauses.length > 0),
  },
  {
    title: 'See what happened',
    text: 'Open Runs and choose the run: its steps along time, its events, and its errors if there are any. Every run stays.',
    target: { selector: 'nav[aria-label="Pages"] a[href$="/runs"]' },
    page: 'any',
    isDone: (facts) => /\/runs\/./.test(facts.pathname),
  },
];
