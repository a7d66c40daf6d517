/** What objects of Kubernetes tell of themselves. */
export interface Conditioned {
  metadata?: { generation?: number | undefined } | undefined;
  status?:
    | {
        observedGeneration?: number | undefined;
        conditions?:
          | { type: string; status: string; reason?: string | undefined; message?: string | undefined }[]
          | undefined;
      }
    | undefined;
}

/**
 * Why a condition of an object does not hold for its newest state; nothing when it does.
 * @param causes Conditions that it is made of: those that do not hold are told too.
 */
export function whyNotTrue(
  { metadata, status }: Conditioned,
  type: string,
  causes: readonly string[] = [],
): string | undefined {
  const { observedGeneration, conditions = [] } = status ?? {};
  if (observedGeneration !== undefined && observedGeneration < (metadata?.generation ?? 0)) {
    return 'the cluster has not taken up its newest state yet';
  }
  const tell = (each: string): string | undefined => {
    const found = conditions.find((condition) => condition.type === each);
    if (found === undefined) return `condition ${each} is not told yet`;
    if (found.status === 'True') return undefined;
    const why = [found.reason, found.message].filter((part) => part !== undefined && part !== '').join(': ');
    return `condition ${each} is ${found.status}${why === '' ? '' : ` (${why})`}`;
  };
  const told = tell(type);
  return told && [told, ...causes.flatMap((cause) => tell(cause) ?? [])].join('; ');
}
