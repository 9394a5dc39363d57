// The time axis of a run's timeline: what part of it is in view, where a moment lies, which ticks to write.

export interface Span {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** Nothing shorter than this is worth a whole screen. */
const shortestMs = 0.05;

export const lengthOf = ({ from, to }: Span): number => to - from;

/** A moment as a share of the view, from 0 to 1 inside it. */
export const placeOf = (at: number, view: Span): number => (at - view.from) / lengthOf(view);

/** The view made `factor` times as long around a share of it, kept inside `whole`. */
export function zoomAround(view: Span, whole: Span, factor: number, share: number): Span {
  const length = Math.min(lengthOf(whole), Math.max(shortestMs, lengthOf(view) * factor));
  const centre = view.from + lengthOf(view) * share;
  return inside({ from: centre - length * share, to: centre + length * (1 - share) }, whole);
}

/** The view moved by a share of its own length, kept inside `whole`. */
export function panBy(view: Span, whole: Span, share: number): Span {
  const by = lengthOf(view) * share;
  return inside({ from: view.from + by, to: view.to + by }, whole);
}

function inside(view: Span, whole: Span): Span {
  const length = Math.min(lengthOf(view), lengthOf(whole));
  const from = Math.min(Math.max(view.from, whole.from), whole.to - length);
  return { from, to: from + length };
}

const steps = [1, 2, 5];
const longStepsMs = [60, 120, 300, 600, 1800, 3600, 7200, 21_600, 86_400].map((seconds) => seconds * 1000);

/** Round distances from the start of `whole` that lie in view, at most `most` of them. */
export function ticksOf(view: Span, whole: Span, most: number): readonly number[] {
  const step = stepFor(lengthOf(view) / Math.max(1, most));
  const first = Math.ceil((view.from - whole.from) / step);
  const ticks: number[] = [];
  for (let n = first; n * step + whole.from <= view.to && ticks.length <= most; n += 1) ticks.push(n * step);
  return ticks;
}

/** The smallest round length that is at least `ms`. */
function stepFor(ms: number): number {
  if (ms > 20_000) return longStepsMs.find((step) => step >= ms) ?? Math.ceil(ms / 86_400_000) * 86_400_000;
  const power = 10 ** Math.floor(Math.log10(Math.max(ms, 0.001)));
  return (steps.find((step) => step * power >= ms) ?? 10) * power;
}

/** A distance from the start, with as many digits as the step between ticks asks for. */
export function tickText(ms: number): string {
  if (ms === 0) return '0';
  if (ms < 1) return `${Number(ms.toPrecision(3))} ms`;
  if (ms < 1000) return `${Number(ms.toFixed(2))} ms`;
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(3))} s`;
  const seconds = ms / 1000;
  const rest = Math.round(seconds % 60);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
