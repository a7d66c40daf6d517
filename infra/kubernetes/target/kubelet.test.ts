import { expect, test } from 'vitest';
import { parseMetrics } from './kubelet.ts';

const labels = 'container="gateway",namespace="openfaas",pod="gateway-6685bfd6f-gkt6s"';

test('a container is told with its CPU, its memory and the time of the count', () => {
  const text = `# TYPE container_cpu_usage_seconds_total counter
container_cpu_usage_seconds_total{${labels}} 1.179513006 1795631761675
container_memory_working_set_bytes{${labels}} 6.137856e+07 1795631761675
node_cpu_usage_seconds_total 30386.8 1795631753951
pod_cpu_usage_seconds_total{namespace="openfaas",pod="gateway-6685bfd6f-gkt6s"} 9 1795631756284
`;
  expect(parseMetrics(text)).toEqual([
    {
      ...{ namespace: 'openfaas', pod: 'gateway-6685bfd6f-gkt6s', container: 'gateway' },
      ...{ time: 1795631761675, cpuSeconds: 1.179513006, memoryBytes: 61378560 },
    },
  ]);
});

test('a container of which one of the two is missing is left out', () => {
  expect(parseMetrics(`container_cpu_usage_seconds_total{${labels}} 1 1795631761675\n`)).toEqual([]);
});
