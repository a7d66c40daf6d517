import { expect, onTestFinished, test } from 'vitest';
import { describeAnswers } from './findings.ts';
import { goodPhoto } from './good-photo.ts';
import { sendMessages } from './http/send.ts';
import { memoryLimit } from './memory-limit.ts';
import { startServiceProcess } from './service-process.ts';

/** Another one each day, so that in time many messages are tried; a failure names it and the number of the message. */
const seed = Math.floor(Date.now() / 86_400_000);
/** `npm run soak:http` sends 5,000. */
const count = 1000;

test('no message makes the service fail, or keeps its connection open', { timeout: 120_000 }, async () => {
  const service = await startServiceProcess();
  onTestFinished(() => service.stop());
  const idle = service.resident();
  const findings = await sendMessages(seed, { from: 0, count, lanes: 16, service, good: await goodPhoto(service) });
  const replay = `npm run soak:http -- --seed ${seed} --from N --count 1, where N is the number of the message`;
  expect(findings.faults, `${describeAnswers(findings)}. Again with: ${replay}`).toEqual([]);
  expect(service.peak() - idle, `${describeAnswers(findings)}. Seed ${seed}`).toBeLessThan(memoryLimit);
});
