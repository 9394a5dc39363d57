// The byte layout of a stored value, in one place: values.md draws the picture. A change here is a change of
// the stored format: raise VERSION, and mind that it changes every content hash.

/** Magic "HV", whether display orders follow (0 or 1), the version; u32 canonical end, u32 start of the shapes. */
export const HEADER_BYTES = 12;
/** The canonical region begins behind what does not tell values apart. */
export const CANONICAL_START = 4;
export const MAGIC_0 = 0x48;
export const MAGIC_1 = 0x56;
export const VERSION = 1;

/** No value is larger, encoded. */
export const MAX_VALUE_BYTES = 1.5 * 2 ** 30;
/** Containers inside containers; a table counts as two. */
export const MAX_DEPTH = 5000;
/** Objects with more keys than this carry their keys themselves instead of naming a shape. */
export const MAX_SHAPE_KEYS = 64;
/** Arrays, maps and sets with more entries carry their byte length, so that a preview can step over them. */
export const MAX_UNMEASURED = 16;
/** Fewer items or rows than this, below the root, are written one by one rather than by column. */
export const MIN_COLUMN_ROWS = 16;

/** One byte before each value. From SMALL_INT on, the tag holds the integer 0..63 or the text length 0..63. */
export const Tag = {
  undefined: 0,
  null: 1,
  false: 2,
  true: 3,
  int: 4,
  float: 5,
  bigint: 6,
  ascii: 7,
  utf8: 8,
  utf16: 9,
  date: 10,
  regexp: 11,
  error: 12,
  buffer: 13,
  view: 14,
  /** Only among the items of an array with holes: a run of missing items. */
  holes: 15,
  array: 16,
  longArray: 17,
  list: 18,
  table: 19,
  map: 20,
  longMap: 21,
  set: 22,
  longSet: 23,
  object: 24,
  nullObject: 25,
  bigObject: 26,
  nullBigObject: 27,
  /** An array with holes: as a long one, then its length. */
  holeyArray: 28,
} as const;
export const SMALL_INT = 0x80;
export const SMALL_TEXT = 0xc0;

/** The low bits of a column's type byte; the two flags say which bitmaps precede the cells. */
export const ColumnKind = {
  empty: 0,
  boolean: 1,
  int8: 2,
  int16: 3,
  int32: 4,
  float: 5,
  date: 6,
  text: 7,
  dictionary: 8,
  any: 9,
} as const;
export const HAS_NULL = 0x10;
export const HAS_UNDEFINED = 0x20;
export const KIND_MASK = 0x0f;

/** Text columns are cut into blocks of so many rows, or of so many UTF-16 units, whichever comes first. */
export const BLOCK_ROWS = 16_384;
export const BLOCK_UNITS = 2 ** 20;
export const MAX_DICTIONARY = 4096;

/** How a text is written: Tag.ascii, Tag.utf8 or Tag.utf16 (the last only for lone surrogates). */
export type TextForm = typeof Tag.ascii | typeof Tag.utf8 | typeof Tag.utf16;

/** Typed arrays by their number in the format; the last is not an array but shares its layout. */
export const VIEW_TYPES = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
] as const;

/** Error classes by their number in the format. */
export const ERROR_TYPES = [
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
  AggregateError,
] as const;
export const ERROR_HAS_MESSAGE = 1;
export const ERROR_HAS_CAUSE = 2;
export const ERROR_HAS_ERRORS = 4;

export const bitmapBytes = (rows: number): number => Math.ceil(rows / 8);
