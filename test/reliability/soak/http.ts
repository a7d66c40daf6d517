// Sends 5,000 messages, most of them no HTTP, to the service, and prints what it answered and held. Exit code 1 when it failed
// anywhere, or held too much. `--seed S --from N --count 1` sends one message again.
import { goodPhoto } from '../good-photo.ts';
import { sendMessages } from '../http/send.ts';
import { startServiceProcess } from '../service-process.ts';
import { printSoak, readRange, withMemory } from './report.ts';

const range = readRange(5000, 16);
const service = await startServiceProcess();
try {
  const good = await goodPhoto(service);
  const [findings, memory] = await withMemory(service, () => sendMessages(range.seed, { ...range, service, good }));
  printSoak('messages', range, findings, memory);
} finally {
  await service.stop();
}
