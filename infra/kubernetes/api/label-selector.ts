/** The labels that objects must have, as the API takes them. */
export function labelSelector(labels: Readonly<Record<string, string>> = {}): string {
  return Object.entries(labels)
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
}
