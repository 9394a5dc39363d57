import { ConfigurableIOManager, type InputContext, type OutputContext } from 'headwater';
import { z } from 'zod';

// Numbers come back as numbers; cells hold no separator here.
export default class CsvStore extends ConfigurableIOManager(
  z.object({ separator: z.string().min(1).max(1).default(',').describe('Between two cells') }),
) {
  async handleOutput(context: OutputContext, value: unknown): Promise<void> {
    const rows = value as readonly Record<string, string | number>[];
    const names = Object.keys(rows[0] ?? {});
    const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
    const text = lines.map((cells) => cells.join(this.separator)).join('\n');
    await context.store.put(this.#path(context), new TextEncoder().encode(text));
    context.addOutputMetadata({ path: this.#path(context), lines: lines.length });
  }

  async loadInput(context: InputContext): Promise<unknown> {
    const bytes = await context.store.get(this.#path(context));
    if (bytes === undefined) throw new Error(`Nothing is stored under ${this.#path(context)}.`);
    const [names = [], ...lines] = new TextDecoder()
      .decode(bytes)
      .split('\n')
      .map((line) => line.split(this.separator));
    const cell = (text = '') => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : text);
    return lines.map((cells) => Object.fromEntries(names.map((name, i) => [name, cell(cells[i])])));
  }

  #path(context: OutputContext | InputContext): string {
    return `${context.assetKey.toString()}.csv`;
  }
}
