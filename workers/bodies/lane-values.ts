// The values that a lane holds, by id. A value that can be frozen is shared by reference; one that cannot
// (a Map, a Date, a buffer) is kept as bytes and decoded afresh for each consumer.

import type { ValueId } from '#engine/lane-protocol.ts';

/** How values become bytes and back. */
export interface ValueCodec {
  /** The bytes, or the path to what cannot be stored and why. Never a view that is written again. */
  encode(
    value: unknown,
  ):
    | { readonly ok: true; readonly value: Uint8Array }
    | { readonly ok: false; readonly error: { readonly path: string; readonly reason: string } };
  /** Throws when the bytes are damaged. */
  decode(bytes: Uint8Array): unknown;
  /** Deep-freezes plain data and says true; says false for a value that consumers must not share. */
  freeze(value: unknown): boolean;
}

export interface LaneValues {
  /** Keeps a value that a step of this lane made. `bytes` may be transferred away afterwards. */
  keep(id: ValueId, value: unknown, bytes: Uint8Array): void;
  receive(id: ValueId, bytes: Uint8Array): void;
  drop(id: ValueId): void;
  has(id: ValueId): boolean;
  /** The value for one consumer. Throws when it is missing or its bytes are damaged. */
  read(id: ValueId): unknown;
}

type Held =
  | { readonly shared: true; readonly value: unknown }
  | { readonly shared: false; readonly bytes: Uint8Array; readonly fresh: boolean };

export function createLaneValues(codec: ValueCodec): LaneValues {
  const held = new Map<ValueId, Held>();
  return {
    keep(id, value, bytes) {
      held.set(
        id,
        codec.freeze(value) ? { shared: true, value } : { shared: false, bytes: bytes.slice(), fresh: false },
      );
    },
    receive(id, bytes) {
      held.set(id, { shared: false, bytes, fresh: true });
    },
    drop(id) {
      held.delete(id);
    },
    has: (id) => held.has(id),
    read(id) {
      const entry = held.get(id);
      if (entry === undefined) throw new Error(`Internal error: the value ${id} is not on this lane.`);
      if (entry.shared) return entry.value;
      const value = codec.decode(entry.bytes);
      // Bytes just received: whether their value can be shared shows only once it is decoded.
      if (entry.fresh)
        held.set(
          id,
          codec.freeze(value) ? { shared: true, value } : { shared: false, bytes: entry.bytes, fresh: false },
        );
      return value;
    },
  };
}
