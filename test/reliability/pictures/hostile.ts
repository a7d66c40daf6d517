import { seeded } from '../../../bench/stats/index.ts';
import { type Base, makeBases } from './bases.ts';
import { bombs } from './bombs.ts';
import { mutations } from './mutations.ts';

/** A picture that may be anything. */
export interface Hostile {
  /** Enough to find it again: what it is, and its number. */
  name: string;
  bytes: Buffer;
  /** Whether it is as it was made, of a kind that the service reads. */
  whole: boolean;
}

/** One in so many pictures is a bomb, beyond the first ones, which are each of them once. */
const bombEvery = 200;

/** Pictures by number: the same seed and number give the same picture, whichever others were made. */
export class HostilePictures {
  readonly #seed: number;
  readonly #bases: readonly Base[];
  readonly #bombs = new Map<string, Buffer>();

  private constructor(seed: number, bases: readonly Base[]) {
    this.#seed = seed;
    this.#bases = bases;
  }

  /** @param more pictures to break, besides one of each kind that is read. */
  static async make(seed: number, more: readonly Base[] = []): Promise<HostilePictures> {
    return new HostilePictures(seed, [...(await makeBases()), ...more]);
  }

  async picture(number: number): Promise<Hostile> {
    const random = seeded(this.#seed * 1_000_003 + number);
    const names = Object.keys(bombs);
    if (number < names.length) return this.#bomb(names[number] ?? '', number);
    if (number % bombEvery === 0) return this.#bomb(names[random(0, names.length - 1)] ?? '', number);
    const base = this.#bases[random(0, this.#bases.length - 1)] as Base;
    const other = this.#bases[random(0, this.#bases.length - 1)] as Base;
    const kinds = Object.entries(mutations);
    const [kind, mutate] = kinds[random(0, kinds.length - 1)] as (typeof kinds)[number];
    return {
      name: `${number}: ${base.name}, ${kind}`,
      bytes: mutate(base.bytes, random, other.bytes),
      whole: kind === 'intact',
    };
  }

  async #bomb(name: string, number: number): Promise<Hostile> {
    const bytes = this.#bombs.get(name) ?? (await bombs[name]?.()) ?? Buffer.alloc(0);
    this.#bombs.set(name, bytes);
    return { name: `${number}: ${name}`, bytes, whole: false };
  }
}
