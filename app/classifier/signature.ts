// How JPEG, PNG, GIF and TIFF (two byte orders) start, in hexadecimal.
const signatures = ['ffd8ff', '89504e47', '47494638', '49492a00', '4d4d002a'];
// What follows the first four bytes of WebP and AVIF.
const brands = /^(....WEBP|ftyp(avif|avis|mif1|msf1))/s;

/** Whether bytes start as a file of one of the formats does, whatever comes after. */
export function startsLikePicture(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 12));
  return (
    signatures.some((signature) => start.toString('hex').startsWith(signature)) ||
    brands.test(start.toString('latin1', 4))
  );
}
