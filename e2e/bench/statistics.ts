// Medians of interleaved rounds, and the table that is printed.

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Takes each side once a round, in turn, so that a slow moment of the machine meets them all. */
export async function interleave<K extends string>(
  rounds: number,
  sides: Readonly<Record<K, () => Promise<number>>>,
): Promise<Record<K, number[]>> {
  const names = Object.keys(sides) as K[];
  const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let round = 0; round < rounds; round++)
    // The side that goes first changes, too.
    for (let i = 0; i < names.length; i++) {
      const name = names[(round + i) % names.length]!;
      taken[name].push(await sides[name]());
    }
  return taken;
}

export interface BenchRow {
  /** "P1", and what was measured. */
  readonly id: string;
  readonly what: string;
  readonly unit: 'ms' | 'µs' | 'kB' | 'x';
  readonly ours: number;
  readonly peer?: { readonly name: string; readonly value: number };
  readonly floor?: { readonly name: string; readonly value: number };
  /** The ratio that the goal is about. */
  readonly ratio?: number;
  /** "≤ 1.10", "≥ 1,000". */
  readonly goal?: string;
  readonly reached?: boolean;
  /** Every sample, by side. */
  readonly samples: Readonly<Record<string, readonly number[]>>;
  readonly note?: string;
}

export function printRows(rows: readonly BenchRow[]): string {
  const head = ['', 'what', 'ours', 'peer', 'floor', 'ratio', 'goal', ''];
  const lines = rows.map((row) => [
    row.id,
    row.what,
    quantity(row.ours, row.unit),
    row.peer ? `${quantity(row.peer.value, row.unit)} ${row.peer.name}` : '',
    row.floor ? `${quantity(row.floor.value, row.unit)} ${row.floor.name}` : '',
    row.ratio === undefined ? '' : `${figure(row.ratio)}x`,
    row.goal ?? '',
    row.reached === undefined ? '' : row.reached ? 'reached' : 'not reached',
  ]);
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i]!.length)));
  const format = (line: readonly string[]) =>
    line
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd();
  const notes = rows.flatMap((row) =>
    row.note === undefined ? [] : [`  ${row.id} ${row.what}: ${row.note}`],
  );
  return [format(head), ...lines.map(format), ...notes].join('\n');
}

const figure = (value: number): string => {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value >= 10 ? value.toFixed(1) : value >= 0.1 ? value.toFixed(2) : value.toPrecision(2);
};

const quantity = (value: number, unit: BenchRow['unit']): string => `${figure(value)} ${unit}`;
