/** Whole numbers above 0, separated by commas. @throws Error that names the option when one is none. */
export function wholeNumbers(option: string, text: string): number[] {
  return text.split(',').map((part) => {
    const value = Number(part);
    if (Number.isInteger(value) && value > 0) return value;
    throw new Error(`--${option} ${part}: it must be a whole number above 0`);
  });
}
