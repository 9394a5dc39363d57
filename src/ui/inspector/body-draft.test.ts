import { describe, expect, it } from 'vitest';
import type { Clock } from '#engine/ports.ts';
import { applyEdit } from '#model/text-edit.ts';
import { createBodyDraft } from './body-draft.ts';

function createFakeClock() {
  let now = 0;
  let timers: { at: number; callback: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    after(delayMs, callback) {
      const timer = { at: now + delayMs, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  const advance = (ms: number) => {
    const end = now + ms;
    for (;;) {
      const next = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      now = next.at;
      timers = timers.filter((timer) => timer !== next);
      next.callback();
    }
    now = end;
  };
  return { clock, advance };
}

function setUp(start: string, onDirty?: (isDirty: boolean) => void) {
  const { clock, advance } = createFakeClock();
  const bodies = [start];
  const body = () => bodies[bodies.length - 1]!;
  const draft = createBodyDraft(start, {
    clock,
    ...(onDirty ? { onDirty } : {}),
    commit(edit) {
      const next = applyEdit(body(), edit);
      if (next === undefined) return { type: 'EditDoesNotApply', key: 'a' };
      bodies.push(next);
      draft.takeCommitted(next);
      return undefined;
    },
    onRefused: (error) => refused.push(error.type),
  });
  const refused: string[] = [];
  /** Another tab, or an undo, changes the body. */
  const change = (next: string) => {
    bodies.push(next);
    return draft.takeCommitted(next);
  };
  return { draft, advance, bodies, body, change, refused };
}

describe('a body draft', () => {
  it('commits one edit after a pause', () => {
    const { draft, advance, bodies } = setUp('a');
    for (const text of ['ab', 'abc', 'abcd']) {
      draft.type(text);
      advance(100);
    }
    expect(bodies).toEqual(['a']);
    advance(400);
    expect(bodies).toEqual(['a', 'abcd']);
  });

  it('commits within a second of typing without a pause', () => {
    const { draft, advance, bodies } = setUp('');
    let text = '';
    for (let i = 0; i < 10; i++) {
      text += i;
      draft.type(text);
      advance(100);
    }
    expect(bodies.length).toBeGreaterThan(1);
  });

  it('commits at once when asked, and nothing twice', () => {
    const { draft, advance, bodies } = setUp('a');
    draft.type('ab');
    draft.flush();
    expect(bodies).toEqual(['a', 'ab']);
    advance(2000);
    draft.flush();
    expect(bodies).toEqual(['a', 'ab']);
  });

  it('commits nothing when the text is typed back to what it was', () => {
    const { draft, advance, bodies } = setUp('a');
    draft.type('ab');
    draft.type('a');
    advance(2000);
    expect(bodies).toEqual(['a']);
  });

  it('shows a change from elsewhere when nothing is typed', () => {
    const { change } = setUp('a');
    expect(change('z')).toBe('z');
  });

  it('puts what is being typed on top of a change from elsewhere', () => {
    const { draft, advance, body, change } = setUp('first\nsecond\n');
    draft.type('first\nsecond!\n');
    expect(change('zeroth\nfirst\nsecond\n')).toBe('zeroth\nfirst\nsecond!\n');
    advance(400);
    expect(body()).toBe('zeroth\nfirst\nsecond!\n');
  });

  it('keeps what is being typed when the place of it is gone', () => {
    const { draft, change, body } = setUp('one two three');
    draft.type('one 2 three');
    expect(change('')).toBe('one 2 three');
    draft.flush();
    expect(body()).toBe('one 2 three');
  });

  it('keeps refused text and tells why', () => {
    const { clock } = createFakeClock();
    const refused: string[] = [];
    const draft = createBodyDraft('a', {
      clock,
      commit: () => ({ type: 'EditDoesNotApply', key: 'a' }),
      onRefused: (error) => refused.push(error.type),
    });
    draft.type('ab');
    expect(draft.flush()?.type).toBe('EditDoesNotApply');
    expect(refused).toEqual(['EditDoesNotApply']);
    expect(draft.takeCommitted('a')).toBe('ab');
  });

  it('tells whether there is text that is not in the document', () => {
    const told: boolean[] = [];
    const { draft, advance } = setUp('a', (isDirty) => told.push(isDirty));
    draft.type('ab');
    draft.type('abc');
    expect(told).toEqual([true]);
    advance(400);
    expect(told).toEqual([true, false]);
    draft.type('abcd');
    draft.type('abc');
    expect(told).toEqual([true, false, true, false]);
  });

  it('flushes on close', () => {
    const { draft, bodies } = setUp('a');
    draft.type('ab');
    draft.close();
    expect(bodies).toEqual(['a', 'ab']);
  });
});
