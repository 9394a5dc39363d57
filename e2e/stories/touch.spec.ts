// By finger: what the palette holds is dragged to its place, as with a mouse.

import { button, node, openProjectText, projectText } from './app-page.ts';
import { expect, test } from './story.ts';

test.use({ hasTouch: true });

test('an asset is dragged from the palette by finger, and a tap adds one too', async ({ page }) => {
  await page.goto('/');
  await openProjectText(page, projectText('Touch', [{ key: 'a', body: '() => 1' }]));
  const from = await button(page, 'External asset').boundingBox();
  if (!from) throw new Error('the palette is not on the screen');
  const devtools = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number, y: number) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  const start = { x: from.x + from.width / 2, y: from.y + from.height / 2 };
  const target = { x: 500, y: 640 };
  await touch('touchStart', start.x, start.y);
  for (let i = 1; i <= 10; i++)
    await touch(
      'touchMove',
      start.x + ((target.x - start.x) * i) / 10,
      start.y + ((target.y - start.y) * i) / 10,
    );
  await touch('touchEnd', target.x, target.y);
  const added = node(page, 'external_asset');
  await expect(added).toHaveAttribute('data-status', 'external');
  const box = await added.boundingBox();
  if (!box) throw new Error('the asset is not on the screen');
  expect(Math.abs(box.x + box.width / 2 - target.x)).toBeLessThan(16);
  expect(Math.abs(box.y + box.height / 2 - target.y)).toBeLessThan(16);

  await page.keyboard.press('Escape');
  await button(page, 'TypeScript asset').tap();
  await expect(node(page, 'new_asset')).toBeVisible();
});
