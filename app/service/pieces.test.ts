import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pieces } from './pieces.ts';

test('pieces of any lengths are joined in their order', () => {
  const lengths = fc.array(fc.oneof(fc.nat(40), fc.nat(40_000), fc.constantFrom(16_383, 16_384, 65_536)), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(lengths, (all) => {
      const given = all.map((length, turn) => Buffer.alloc(length, turn + 1));
      const pieces = new Pieces();
      for (const piece of given) pieces.add(piece);
      expect(pieces.join().equals(Buffer.concat(given))).toBe(true);
    }),
  );
});

test('a piece that is overwritten later is kept as it was', () => {
  const pieces = new Pieces();
  const piece = Buffer.from('a');
  pieces.add(piece);
  piece.write('b');
  expect(String(pieces.join())).toBe('a');
});

test('a million pieces of one byte are kept in few buffers', () => {
  const pieces = new Pieces();
  for (let count = 0; count < 1_000_000; count += 1) pieces.add(Buffer.from([count]));
  expect(pieces.count).toBe(Math.ceil(1_000_000 / 65_536));
});
