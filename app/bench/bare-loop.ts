// The limit of what the service can do: the decode and the inference that it makes for a picture, with as many workers,
// without HTTP. The parent sends the photos, and then how many of them are on the way at a time and for how many seconds;
// it is sent what was measured.
import { choices } from '../backend/index.ts';
import { decode } from '../classifier/decode.ts';
import { startInference } from '../classifier/inference.ts';
import { MemoryBudget } from '../classifier/memory-budget.ts';
import { readConfig } from '../config.ts';
import { resolveModel } from '../model/index.ts';
import { lanes } from './lanes.ts';

interface Photo {
  name: string;
  bytes: Buffer;
  /** The class that is right. */
  class: number;
}

const config = readConfig(process.env);
const memory = new MemoryBudget(config.maxUnpackedBytes);
const [choice] = choices((await resolveModel(config, console.error)).sources, config.backend);
if (choice === undefined) {
  throw new Error('There is no model to measure with.');
}
const pool = await startInference(choice, config);
let photos: Photo[] = [];

process.on('message', async (message: Photo[] | { lanes: number; seconds: number }) => {
  if (Array.isArray(message)) {
    photos = message;
  } else {
    process.send?.(await lanes(message.lanes, message, classify));
  }
});
process.on('disconnect', () => pool.close());
process.send?.('ready');

async function classify(turn: number): Promise<void> {
  const photo = photos[turn % photos.length];
  if (photo === undefined) {
    throw new Error('There is no photo to measure with.');
  }
  const { logits } = await pool.infer(await decode(photo.bytes, config.maxPixels, memory));
  const found = likeliest(logits);
  if (found !== photo.class) {
    throw new Error(`${photo.name} is taken for class ${found}.`);
  }
}

/** The background, at index 0, is left out. */
function likeliest(logits: Float32Array): number {
  let best = 1;
  for (let index = 2; index < logits.length; index++) {
    if ((logits[index] ?? 0) > (logits[best] ?? 0)) {
      best = index;
    }
  }
  return best - 1;
}
