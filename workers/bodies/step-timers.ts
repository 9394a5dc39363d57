// The timer functions that bodies see. Timers belong to the step that set them: they are cleared when it
// settles, and what they throw is that step's failure.

export interface NativeTimers {
  setTimeout(callback: () => void, delayMs?: number): unknown;
  clearTimeout(handle: unknown): void;
  setInterval(callback: () => void, delayMs?: number): unknown;
  clearInterval(handle: unknown): void;
}

/** What takes the place of the global functions of the same names. */
export interface BodyTimers {
  setTimeout(callback: unknown, delayMs?: unknown, ...args: unknown[]): number;
  clearTimeout(id?: unknown): void;
  setInterval(callback: unknown, delayMs?: unknown, ...args: unknown[]): number;
  clearInterval(id?: unknown): void;
}

export interface StepTimers {
  readonly api: BodyTimers;
  /** Timers that have yet to fire. */
  pending(): number;
  /** Clears all; until `begin` is called, new ones are not set at all. */
  end(): void;
  begin(onFire: () => void, onError: (thrown: unknown) => void): void;
}

export function createStepTimers(native: NativeTimers): StepTimers {
  const live = new Map<number, () => void>();
  let lastId = 0;
  let owner: { readonly onFire: () => void; readonly onError: (thrown: unknown) => void } | undefined;

  const set = (repeats: boolean, callback: unknown, delayMs: unknown, args: unknown[]): number => {
    if (typeof callback !== 'function')
      throw new TypeError(`${repeats ? 'setInterval' : 'setTimeout'} takes a function.`);
    if (owner === undefined) return 0;
    const { onFire, onError } = owner;
    lastId += 1;
    const id = lastId;
    const fire = () => {
      if (!repeats) live.delete(id);
      onFire();
      try {
        Reflect.apply(callback, undefined, args);
      } catch (thrown) {
        onError(thrown);
      }
    };
    const delay = Number(delayMs ?? 0);
    if (repeats) {
      const handle = native.setInterval(fire, delay);
      live.set(id, () => native.clearInterval(handle));
    } else {
      const handle = native.setTimeout(fire, delay);
      live.set(id, () => native.clearTimeout(handle));
    }
    return id;
  };
  const clear = (id: unknown): void => {
    live.get(Number(id))?.();
    live.delete(Number(id));
  };

  return {
    api: {
      setTimeout: (callback, delayMs, ...args) => set(false, callback, delayMs, args),
      setInterval: (callback, delayMs, ...args) => set(true, callback, delayMs, args),
      clearTimeout: clear,
      clearInterval: clear,
    },
    pending: () => live.size,
    end() {
      owner = undefined;
      if (live.size === 0) return;
      for (const cancel of live.values()) cancel();
      live.clear();
    },
    begin(onFire, onError) {
      owner = { onFire, onError };
    },
  };
}
