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

/** Seven rows; two of them do not fit once `id` is an integer. */
export const sales = [
  'id,customer,amount,day,paid',
  '1,Ada,10.5,2024-01-01,true',
  '2,"Grace, H.",20,2024-01-02,false',
  'x,Linus,3,2024-01-03,true',
  '4,Barbara,,2024-01-04,true',
  '5,Edsger,1',
  '6,=1+2,-4,2024-01-06,false',
  '7,Ada,7,2024-01-07,true',
  '',
].join('\n');
