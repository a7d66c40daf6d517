import { afterEach, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../test/double/endpoint.ts';
import { parseTarget } from '../target/index.ts';
import { firstAnswers } from './first-answers.ts';
import { recordInMemory } from './test-double/context.ts';

let endpoint: Endpoint | undefined;
afterEach(() => endpoint?.close());

test('the replica that answered a photo is told', async () => {
  endpoint = await startEndpoint();
  const { context, events } = recordInMemory([parseTarget(`t=${endpoint.url}`)], {});
  await firstAnswers(context);
  expect(events).toMatchObject([{ kind: 'answer', target: 't', photo: 'one.jpg', replica: 'double-1' }]);
});
