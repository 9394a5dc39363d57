// An SVG picture as a PNG, painted by the browser.

const scale = 2;
/** What browsers paint at once. */
const mostPixels = 64 * 1024 * 1024;
const mostSide = 16_000;

/** Rejects with a sentence when the browser cannot paint it. */
export async function rasterise(svg: string, width: number, height: number): Promise<Uint8Array> {
  const fit = Math.min(scale, mostSide / width, mostSide / height, Math.sqrt(mostPixels / (width * height)));
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * fit));
    canvas.height = Math.max(1, Math.round(height * fit));
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('The browser could not paint a picture of that size.');
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(url);
  }
}
