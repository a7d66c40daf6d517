import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Findings, type Sending, sendAll } from '../findings.ts';
import { type Message, message } from './messages.ts';

/** What a connection may take until it is closed, in milliseconds. The client has sent all that it will, and said so. */
const patience = 15_000;

/** Sends messages that may be no HTTP, each over a connection of its own. */
export function sendMessages(seed: number, sending: Omit<Sending, 'send'>): Promise<Findings> {
  return sendAll({
    ...sending,
    async send(number) {
      const sent = message(seed, number);
      const { text, closed } = await exchange(sending.service.port, sent);
      const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
      return { name: sent.name, statuses, fault: closed ? undefined : `the connection is open after ${patience} ms` };
    },
  });
}

/** Writes a message in its parts, says that it was all, and reads until the connection is closed. */
function exchange(port: number, { parts, reset }: Message): Promise<{ text: string; closed: boolean }> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const settle = (closed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text, closed });
    };
    const timer = setTimeout(() => settle(false), patience);
    socket.setNoDelay(true);
    socket.setEncoding('latin1').on('data', (chunk) => {
      text += chunk;
    });
    // What is written after the service has closed the connection is an error here, and none of the service's.
    socket.on('error', () => undefined).on('close', () => settle(true));
    socket.once('connect', async () => {
      for (const part of parts) {
        if (socket.destroyed) return;
        socket.write(part);
        await sleep(0);
      }
      if (reset) socket.resetAndDestroy();
      else socket.end();
    });
  });
}
