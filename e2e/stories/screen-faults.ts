// What is wrong with how a page looks, as far as it can be measured: what reaches out of the window, is cut off
// without saying so, or is too pale to read.

import { mkdirSync } from 'node:fs';
import type { Page } from '@playwright/test';

/** `HEADWATER_SCREENS=1` also takes pictures, which cost a minute. */
const takesPictures = process.env.HEADWATER_SCREENS === '1';
const folder = '.cache/screens';
const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
  { width: 390, height: 844 },
] as const;
const schemes = ['light', 'dark'] as const;

/** In words; empty when nothing is. */
const faultsOf = (page: Page) =>
  page.evaluate(() => {
    const faults: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) faults.push(`the page is ${root.scrollWidth} px wide`);
    const isSeen = (box: DOMRect) =>
      box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight;
    const about = (element: Element) =>
      `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> “${(element.textContent ?? '').slice(0, 60)}”`;

    type Colour = readonly [red: number, green: number, blue: number, alpha: number];
    const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const known = new Map<string, Colour>();
    const colourOf = (text: string): Colour => {
      const before = known.get(text);
      if (before || !pixel) return before ?? [0, 0, 0, 1];
      pixel.clearRect(0, 0, 1, 1);
      pixel.fillStyle = text;
      pixel.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = pixel.getImageData(0, 0, 1, 1).data;
      const colour: Colour = [red, green, blue, alpha / 255];
      known.set(text, colour);
      return colour;
    };
    const over = (top: Colour, under: Colour): Colour => {
      const mix = (a: number, b: number) => a * top[3] + b * (1 - top[3]);
      return [mix(top[0], under[0]), mix(top[1], under[1]), mix(top[2], under[2]), 1];
    };
    const backgroundOf = (element: Element): Colour => {
      const layers: Colour[] = [];
      for (let at: Element | null = element; at; at = at.parentElement) {
        const colour = colourOf(getComputedStyle(at).backgroundColor);
        if (colour[3] === 0) continue;
        layers.push(colour);
        if (colour[3] === 1) break;
      }
      return layers.reduceRight<Colour>((under, top) => over(top, under), [255, 255, 255, 1]);
    };
    const light = ([red, green, blue]: Colour) => {
      const linear = (value: number) =>
        value <= 10.31475 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
      return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    };
    const contrastOf = (element: Element): number => {
      const background = backgroundOf(element);
      const text = over(colourOf(getComputedStyle(element).color), background);
      const [high = 0, low = 0] = [light(text), light(background)].sort((a, b) => b - a);
      return (high + 0.05) / (low + 0.05);
    };
    const isInScroller = (element: Element): boolean => {
      for (let at = element.parentElement; at && at !== document.body; at = at.parentElement)
        if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth)
          return true;
      return false;
    };
    const isFaded = (element: Element): boolean => {
      for (let at: Element | null = element; at; at = at.parentElement)
        if (Number(getComputedStyle(at).opacity) < 1) return true;
      return false;
    };

    for (const element of document.querySelectorAll('body *')) {
      const box = element.getBoundingClientRect();
      if (!isSeen(box) || element.closest('.monaco-editor, svg, .hw-hidden, [aria-hidden="true"]')) continue;
      const style = getComputedStyle(element);
      if (style.visibility === 'hidden' || style.clipPath !== 'none') continue;
      const ownText = [...element.childNodes].some(
        (child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim(),
      );
      const isOff = element.closest(':disabled, [data-disabled], [aria-disabled="true"]') !== null;
      if (ownText && !isOff && !isFaded(element)) {
        const isLarge = Number.parseFloat(style.fontSize) >= 24;
        const contrast = contrastOf(element);
        if (contrast < (isLarge ? 3 : 4.5))
          faults.push(`contrast of ${contrast.toFixed(2)}: ${about(element)}`);
      }
      if (element.closest('.react-flow__renderer')) continue;
      if (box.right > innerWidth + 1 && !isInScroller(element))
        faults.push(`reaches out of the window: ${about(element)}`);
      if (!ownText || style.textOverflow === 'ellipsis') continue;
      if (style.overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1)
        faults.push(`cut off without an ellipsis: ${about(element)}`);
    }
    return faults;
  });

export interface Look {
  /** Measures what is there in every theme and size; `prepare` brings it back after a change of size. */
  at(name: string, prepare?: () => Promise<void>): Promise<void>;
  /** All that was found, in words. */
  faults(): readonly string[];
}

/** A busy machine may paint a change of theme later than a frame: what is wrong counts when it stays so. */
async function lastingFaults(page: Page): Promise<readonly string[]> {
  const faults = await faultsOf(page);
  if (faults.length === 0) return faults;
  await page.waitForTimeout(500);
  const later = new Set(await faultsOf(page));
  return faults.filter((fault) => later.has(fault));
}

export function createLook(page: Page): Look {
  mkdirSync(folder, { recursive: true });
  const found = new Set<string>();
  return {
    async at(name, prepare) {
      for (const size of sizes) {
        await page.setViewportSize(size);
        await prepare?.();
        for (const colorScheme of schemes) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          await page.evaluate(
            () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
          );
          if (takesPictures) {
            await page.waitForTimeout(150);
            await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${size.width}.png` });
          }
          for (const fault of await lastingFaults(page))
            found.add(`${name}, ${colorScheme}, ${size.width}: ${fault}`);
        }
      }
      await page.setViewportSize(sizes[0]);
      await prepare?.();
    },
    faults: () => [...found],
  };
}
