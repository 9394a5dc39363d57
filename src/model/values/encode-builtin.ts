// Writes the built-in objects that hold no other values (dates, patterns, bytes) and the fixed part of errors,
// and says by name what cannot be stored. Slots are read through the language's own getters, which throw on
// look-alikes.

import type { ByteWriter } from './byte-writer.ts';
import {
  ERROR_HAS_CAUSE,
  ERROR_HAS_ERRORS,
  ERROR_HAS_MESSAGE,
  ERROR_TYPES,
  Tag,
  VIEW_TYPES,
} from './format.ts';
import { refuseOwnProperties } from './own-properties.ts';
import { keySegment, Refusal } from './value-error.ts';

const { getOwnPropertyDescriptor, getOwnPropertySymbols, getPrototypeOf } = Object;
const getTime = Date.prototype.getTime;
const slotOf = (prototype: object, name: string): ((this: unknown) => unknown) => {
  const get = getOwnPropertyDescriptor(prototype, name)?.get;
  if (get === undefined) throw new Error(`This JavaScript engine has no ${name}`);
  return get;
};
const arrayPrototype = getPrototypeOf(Uint8Array.prototype) as object;
const regExpSource = slotOf(RegExp.prototype, 'source');
const regExpFlags = slotOf(RegExp.prototype, 'flags');
const bufferSize = slotOf(ArrayBuffer.prototype, 'byteLength');
const slots = (prototype: object) => ({
  buffer: slotOf(prototype, 'buffer'),
  offset: slotOf(prototype, 'byteOffset'),
  size: slotOf(prototype, 'byteLength'),
});
const arraySlots = slots(arrayPrototype);
const viewSlots = slots(DataView.prototype);
const resizable = getOwnPropertyDescriptor(ArrayBuffer.prototype, 'resizable')?.get;

const viewNumbers = new Map<object, number>(VIEW_TYPES.map((type, i) => [type.prototype, i]));
const errorNumbers = new Map<object, number>(ERROR_TYPES.map((type, i) => [type.prototype, i]));
/** Typed arrays beyond this length are not searched for extra properties: the list alone would not fit memory. */
const LISTED_ITEMS = 65_536;
/** What engines add to errors on their own; none of it is stored. */
const ENGINE_PROPERTIES = ['stack', 'fileName', 'lineNumber', 'columnNumber', 'line', 'column', 'sourceURL'];

/** Writes a built-in object that holds no values; false when `object` is none. */
export function writeLeaf(writer: ByteWriter, object: object, prototype: object): boolean {
  if (prototype === Date.prototype) {
    refuseOwnProperties(object);
    writer.u8(Tag.date);
    writer.f64(getTime.call(object as Date));
    return true;
  }
  if (prototype === RegExp.prototype) {
    writeRegExp(writer, object);
    return true;
  }
  if (prototype === ArrayBuffer.prototype) {
    refuseOwnProperties(object);
    const bytes = bytesOf(object as ArrayBuffer, 0, bufferSize.call(object) as number);
    writer.u8(Tag.buffer);
    writer.u32(bytes.length);
    writer.raw(bytes);
    return true;
  }
  const view = viewNumbers.get(prototype);
  if (view === undefined) return false;
  writeView(writer, object, view);
  return true;
}

function writeRegExp(writer: ByteWriter, object: object): void {
  refuseOwnProperties(object, ['lastIndex']);
  const lastIndex = getOwnPropertyDescriptor(object, 'lastIndex')?.value;
  if (typeof lastIndex !== 'number' || lastIndex >>> 0 !== lastIndex) {
    throw new Refusal('is not a position in a text', '.lastIndex');
  }
  writer.u8(Tag.regexp);
  writer.text(regExpSource.call(object) as string);
  writer.text(regExpFlags.call(object) as string);
  writer.varint(lastIndex);
}

function writeView(writer: ByteWriter, object: object, number: number): void {
  const slot = VIEW_TYPES[number] === DataView ? viewSlots : arraySlots;
  const size = slot.size.call(object) as number;
  if (slot === viewSlots || size <= LISTED_ITEMS) refuseAddedNames(object);
  if (getOwnPropertySymbols(object).length > 0) throw new Refusal('has a property whose key is a symbol');
  const bytes = bytesOf(slot.buffer.call(object) as ArrayBuffer, slot.offset.call(object) as number, size);
  writer.u8(Tag.view);
  writer.u8(number);
  writer.u32(size);
  const start = writer.position;
  writer.raw(bytes);
  const type = VIEW_TYPES[number];
  if (type === Float64Array) {
    unifyNaNs(new Float64Array(bytes.slice().buffer), (i) =>
      writer.view.setBigUint64(start + 8 * i, 0x7ff8000000000000n, true),
    );
  } else if (type === Float32Array) {
    unifyNaNs(new Float32Array(bytes.slice().buffer), (i) =>
      writer.view.setUint32(start + 4 * i, 0x7fc00000, true),
    );
  }
}

/** Indices come first in the list of names, so an added property is its last entry. */
function refuseAddedNames(view: object): void {
  const name = Object.getOwnPropertyNames(view).at(-1);
  if (name !== undefined && !/^\d+$/.test(name)) {
    throw new Refusal('is a property added to a built-in object', keySegment(name));
  }
}

function unifyNaNs(numbers: Float32Array | Float64Array, unify: (index: number) => void): void {
  for (let i = 0; i < numbers.length; i++) if (Number.isNaN(numbers[i])) unify(i);
}

function bytesOf(buffer: ArrayBuffer, offset: number, size: number): Uint8Array {
  if (getPrototypeOf(buffer) !== ArrayBuffer.prototype) {
    throw new Refusal('is shared memory, which cannot be stored');
  }
  if (resizable?.call(buffer) === true) throw new Refusal('is a resizable buffer, which cannot be stored');
  try {
    return new Uint8Array(buffer, offset, size);
  } catch {
    throw new Refusal('is a buffer that was transferred away');
  }
}

/** The number of the error's class in the format, or -1. */
export function errorNumber(object: object, prototype: object): number {
  const number = errorNumbers.get(prototype) ?? -1;
  if (number < 0 || Object.prototype.toString.call(object) !== '[object Error]') return -1;
  return number;
}

/** Writes an error but for the values it holds, which follow: its cause, and the errors of an AggregateError. */
export function writeErrorHead(writer: ByteWriter, object: object, number: number): string[] {
  const aggregate = ERROR_TYPES[number] === AggregateError;
  const held = aggregate ? ['cause', 'errors'] : ['cause'];
  refuseOwnProperties(object, ['message', ...held, ...ENGINE_PROPERTIES]);
  const message = getOwnPropertyDescriptor(object, 'message');
  if (message !== undefined && typeof message.value !== 'string')
    throw new Refusal('is not a text', '.message');
  const present = held.filter((key) => Object.hasOwn(object, key));
  let flags = message === undefined ? 0 : ERROR_HAS_MESSAGE;
  if (present.includes('cause')) flags |= ERROR_HAS_CAUSE;
  if (present.includes('errors')) flags |= ERROR_HAS_ERRORS;
  writer.u8(Tag.error);
  writer.u8(number);
  writer.u8(flags);
  if (message !== undefined) writer.text(message.value as string);
  return present;
}

/** Why an object that is of no storable kind is refused. */
export function refusalOf(prototype: object | null): Refusal {
  const name = classNameOf(prototype);
  if (name === 'Promise') return new Refusal('is a promise: await it before it is returned');
  return new Refusal(`is an instance of class ${name}, which cannot be stored`);
}

function classNameOf(prototype: object | null): string {
  for (let at = prototype; at !== null; at = getPrototypeOf(at) as object | null) {
    const maker: unknown = getOwnPropertyDescriptor(at, 'constructor')?.value;
    if (typeof maker !== 'function') continue;
    const name: unknown = getOwnPropertyDescriptor(maker, 'name')?.value;
    if (typeof name === 'string' && name !== '') return name.slice(0, 60);
  }
  return '(unnamed)';
}

/** What an error holds under a key of its own, without running a getter. */
export function heldByError(error: object, key: string): unknown {
  const property = Object.getOwnPropertyDescriptor(error, key);
  if (property?.writable === undefined) throw new Refusal('is a getter or setter', keySegment(key));
  return property.value;
}
