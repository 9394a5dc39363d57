// The value codec as a lane uses it.

import { decodeValue } from '#model/values/decode-value.ts';
import { encodeValue } from '#model/values/encode-value.ts';
import { freezeForSharing } from '#model/values/freeze-for-sharing.ts';
import type { ValueCodec } from './lane-values.ts';

export const laneCodec: ValueCodec = {
  encode: encodeValue,
  decode: decodeValue,
  freeze: freezeForSharing,
};
