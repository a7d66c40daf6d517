/** One segment of a JPEG file. */
export interface Segment {
  /** The byte after 0xff. */
  type: number;
  content: Buffer;
}

const tables = [0xc4, 0xdb, 0xdd, 0xfe];
const frames = [0xc0, 0xc1, 0xc2];
/** The type of the segment that says what a scan holds; pixels follow. */
export const scan = 0xda;

/**
 * The segments before a JPEG's pixels, with that of their first scan: 0xff, a type, and two bytes that count themselves and what follows. Ends at a type of
 * which the decoder may read on in another way, so that none is seen here that it does not see. Other files have none.
 */
export function* segmentsOf(picture: Uint8Array): Generator<Segment> {
  const file = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength);
  if (file.length < 4 || file.readUInt16BE() !== 0xffd8) {
    return;
  }
  for (let at = 2; at + 4 <= file.length && file[at] === 0xff; at += 2 + file.readUInt16BE(at + 2)) {
    const type = file[at + 1] ?? 0;
    const isApplication = type >= 0xe0 && type <= 0xef;
    if (!isApplication && !tables.includes(type) && !frames.includes(type) && type !== scan) {
      return;
    }
    yield { type, content: file.subarray(at + 4, at + 2 + file.readUInt16BE(at + 2)) };
    if (type === scan) {
      return;
    }
  }
}
