import { findMetric, kindOf, type Metric } from '../metric/index.ts';

/** Which way a figure may go. `worsens` and `improves` know which way is worse. */
const verbs = ['worsens', 'improves', 'rises', 'falls'] as const;
const operators = ['>=', '<=', '>', '<'] as const;

/** What makes a build fail: one `--fail-if`. */
export interface Check {
  /** Every target when it is absent. */
  target?: string;
  metric: Metric;
  /** The check is on the change from one run to another; on the figure itself when it is absent. */
  verb?: (typeof verbs)[number];
  operator: (typeof operators)[number];
  /** In the unit. */
  limit: number;
  /** Of the figure, or `%` of its value in the first run. */
  unit: string;
  /** Fails only when the whole interval breaks the limit, not when the figure alone does. */
  beyondNoise: boolean;
}

const number = String.raw`\d+(?:\.\d+)?(?:e[+-]?\d+)?`;
const grammar = new RegExp(
  String.raw`^(?:(?<target>[A-Za-z0-9][\w.-]*):)?(?<figure>[a-z0-9.-]+)` +
    String.raw`(?:\s+(?<verb>${verbs.join('|')}))?` +
    String.raw`(?:\s*(?<operator>${operators.join('|')})\s*(?<limit>${number})\s*(?<unit>%|/s|[A-Za-z]*)(?=\s|$))?` +
    String.raw`(?<noise>\s+beyond\s+noise)?$`,
);

/**
 * Reads `[target:][scenario.]figure [worsens|improves|rises|falls] operator number unit [beyond noise]`; after a verb
 * the limit may be left out where `beyond noise` follows.
 *
 * @throws Error that says what is not understood and lists what is.
 */
export function parseCheck(text: string): Check {
  const found = grammar.exec(text.trim())?.groups;
  const { target, figure, verb, operator, limit, unit, noise } = found ?? {};
  const bare = operator === undefined;
  if (figure === undefined || (bare && (verb === undefined || noise === undefined))) {
    throw new Error(
      `“${text}” is no check; give a figure, an operator (${operators.join(' ')}), a number and its unit, as in "p95 > 200ms", ` +
        `or for two runs "p95 worsens > 5%" or "p95 worsens beyond noise" (${verbs.join(', ')})`,
    );
  }
  const metric = findMetric(figure);
  if ((verb === 'worsens' || verb === 'improves') && metric.better === undefined) {
    throw new Error(`neither way is better for ${metric.name}; give rises or falls`);
  }
  const allowed = unitsOf(metric, verb);
  const wanted = bare ? (allowed[0] ?? '') : (unit ?? '');
  if (!allowed.includes(wanted)) {
    const given = wanted === '' ? 'has no unit' : `has the unit ${wanted}`;
    const choices = allowed.map((each) => each || 'none').join(', ');
    throw new Error(`the limit of “${text}” ${given}; ${metric.name} takes ${choices}`);
  }
  return {
    ...(target === undefined ? {} : { target }),
    metric,
    ...(verb === undefined ? {} : { verb: verb as NonNullable<Check['verb']> }),
    operator: (operator ?? '>') as Check['operator'],
    limit: Number(limit ?? 0),
    unit: wanted,
    beyondNoise: noise !== undefined,
  };
}

/** The check in full, as `parseCheck` reads it. */
export function printCheck({ target, metric, verb, operator, limit, unit, beyondNoise }: Check): string {
  return [
    `${target === undefined ? '' : `${target}:`}${metric.name}`,
    ...(verb === undefined ? [] : [verb]),
    operator,
    `${limit}${unit === '' ? '' : ` ${unit}`}`,
    ...(beyondNoise ? ['beyond noise'] : []),
  ].join(' ');
}

/** The size of a check's unit; undefined for one that is relative to the first run's figure. */
export function unitSize({ metric, verb, unit }: Check): number | undefined {
  const { units, changeUnits } = kindOf(metric.quantity);
  return verb === undefined ? units[unit] : changeUnits[unit];
}

function unitsOf({ quantity }: Metric, verb: string | undefined): string[] {
  const { units, changeUnits } = kindOf(quantity);
  return verb === undefined ? Object.keys(units) : [...Object.keys(changeUnits), '%'];
}
