// Files let go over the canvas.

import type { Page } from '@playwright/test';

export async function dropFiles(
  page: Page,
  files: readonly { readonly name: string; readonly text: string }[],
) {
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const { name, text } of list) data.items.add(new File([text], name));
    return data;
  }, files);
  const canvas = page.getByRole('application', { name: 'Asset graph' });
  const at = { dataTransfer: transfer, clientX: 500, clientY: 400 };
  await canvas.dispatchEvent('dragover', at);
  await canvas.dispatchEvent('drop', at);
}
