/** What an error that ended a request says, in one line, with its code if it has one. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return `${code}${error.message}`.replace(/\s+/g, ' ').slice(0, 200);
}
