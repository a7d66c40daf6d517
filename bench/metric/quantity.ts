import { duration, megabytes, number, perSecond } from '../report/index.ts';

interface Kind {
  /** What a limit may be given in, each with its size. */
  units: Readonly<Record<string, number>>;
  /** The same for the size of a change. */
  changeUnits: Readonly<Record<string, number>>;
  show(value: number): string;
  showChange(value: number): string;
}

const times = { ms: 1, s: 1000 };
const rates = { '/s': 1 };
const bytes = { MB: 1e6, GB: 1e9 };
const counts = { '': 1 };

const kinds = {
  time: { units: times, changeUnits: times, show: duration, showChange: duration },
  rate: { units: rates, changeUnits: rates, show: perSecond, showChange: perSecond },
  share: {
    units: { '%': 0.01 },
    // A change in per cent is one of the figure itself, so that of a share needs a name of its own.
    changeUnits: { pp: 0.01 },
    show: (value) => `${number(value * 100)} %`,
    showChange: (value) => `${number(value * 100)} pp`,
  },
  bytes: { units: bytes, changeUnits: bytes, show: megabytes, showChange: megabytes },
  count: { units: counts, changeUnits: counts, show: number, showChange: number },
} as const satisfies Record<string, Kind>;

export type Quantity = keyof typeof kinds;

export function kindOf(quantity: Quantity): Kind {
  return kinds[quantity];
}
