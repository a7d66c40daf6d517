import { modelDir } from '../../app/test/classifier.ts';
import { knownPhotos } from '../performance/photos.ts';
import { classOf, type ServiceProcess } from './service-process.ts';

/** Asks a service, again and again, for the class of a photo that is known. */
export interface GoodPhoto {
  /** What is wrong with the answer that it gets now; undefined when it is right. */
  ask(): Promise<string | undefined>;
}

/** With weights that are made up no class is right, but the first answer has to come again. */
export async function goodPhoto(service: ServiceProcess): Promise<GoodPhoto> {
  const [photo] = await knownPhotos();
  if (photo === undefined) throw new Error('There is no photo.');
  const right = modelDir === undefined ? await classOf(service, photo) : photo.class;
  return {
    async ask() {
      try {
        const found = await classOf(service, photo);
        return found === right ? undefined : `${photo.name} is class ${found} instead of ${right}`;
      } catch (error) {
        return `${photo.name}: ${(error as Error).message}`;
      }
    },
  };
}
