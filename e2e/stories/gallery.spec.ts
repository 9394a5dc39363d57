// The gallery's projects about one concept each: opened from their cards, run, and as their notes say after a reload.

import type { Page } from '@playwright/test';
import { button, materializeAll, nodeFacts, nodes } from './app-page.ts';
import { expect, test } from './story.ts';

async function openExample(page: Page, name: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name }).first().click();
  await page.waitForURL(/#\/p\/[^/]+\/graph/);
  await expect(nodes(page).first()).toBeVisible();
}

const stories = [
  {
    name: 'One body, several assets',
    facts: {
      penguins: 'materialized',
      measured: 'materialized',
      incomplete: 'materialized',
      'species/adelie': 'materialized',
      'species/chinstrap': 'materialized',
      'species/gentoo': 'materialized',
      comparison: 'materialized',
    },
  },
  {
    name: 'Ops inside one asset',
    facts: { electricity: 'materialized', energy_growth: 'materialized', headline: 'materialized' },
  },
  {
    name: 'Checks that stop bad data',
    facts: {
      penguins: 'materialized',
      islands: 'materialized',
      measured: 'materialized',
      everything: 'materialized',
      mean_mass: 'materialized',
      naive_mean_mass: 'skipped',
    },
  },
  {
    name: 'What bodies share',
    facts: {
      countries: 'materialized',
      incomes: 'materialized',
      by_region: 'materialized',
      headline: 'materialized',
    },
  },
  {
    name: 'Data that something else makes',
    facts: {
      co2: 'materialized',
      yearly: 'materialized',
      rise: 'materialized',
      'mauna_loa/instrument': 'external',
      'mauna_loa/page': 'never',
    },
  },
];

for (const { name, facts } of stories)
  test(`“${name}” opens in one click and ends as it says`, async ({ page }, info) => {
    await openExample(page, name);
    expect(new Set(Object.values(await nodeFacts(page)))).not.toContain('materialized');
    await materializeAll(page);
    await expect.poll(() => nodeFacts(page), { timeout: 30_000 }).toEqual(facts);
    await button(page, 'Zoom to fit').press('Enter');
    await page.reload();
    await expect.poll(() => nodeFacts(page)).toEqual(facts);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.screenshot({ path: info.outputPath(`${colorScheme}.png`) });
    }
  });
