/** CPU and memory as Kubernetes writes them: `500m`, `512Mi`. */
export type Quantities = {
  cpu: string;
  memory: string;
};

/** As much is requested as may be used, so that replicas of both architectures get the same, whatever else runs. */
export function guaranteed({ cpu, memory }: Quantities): { requests: Quantities; limits: Quantities } {
  return { requests: { cpu, memory }, limits: { cpu, memory } };
}
