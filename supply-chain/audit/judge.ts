import { z } from 'zod';

/** From this severity on a known vulnerability fails the check. */
const failing = ['high', 'critical'];

const reportSchema = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      severity: z.string(),
      range: z.string(),
      /** Advisories, and names of vulnerable packages that this one depends on. */
      via: z.array(z.union([z.string(), z.object({ title: z.string(), url: z.string(), severity: z.string() })])),
    }),
  ),
});

const errorSchema = z.object({
  /** Names the endpoint. */
  message: z.string().optional(),
  error: z.object({ summary: z.string().optional(), detail: z.string().optional() }).optional(),
});

/** What an audit comes to. `unreachable`: nobody could be asked, and nothing is known. */
export type Audit =
  | { kind: 'clean'; lesser: string[] }
  | { kind: 'vulnerable'; found: string[]; lesser: string[] }
  | { kind: 'unreachable'; why: string };

/**
 * Reads what `npm audit --json` has printed.
 *
 * @throws Error when it is neither a report nor npm's account of why there is none.
 */
export function judgeAudit(printed: string): Audit {
  const json = parse(printed);
  const report = reportSchema.safeParse(json);
  if (report.success) return judge(report.data);
  const { success, data } = errorSchema.safeParse(json);
  const why = data?.message ?? data?.error?.summary;
  if (success && why) return { kind: 'unreachable', why };
  throw new Error(`npm audit printed something else than a report: ${printed.slice(0, 200)}`);
}

function judge({ vulnerabilities }: z.infer<typeof reportSchema>): Audit {
  const lines = (wanted: boolean) =>
    Object.entries(vulnerabilities)
      .filter(([, { severity }]) => failing.includes(severity) === wanted)
      .map(([name, { severity, range, via }]) => `${name} ${range}: ${severity}: ${describeVia(via)}`);
  const [found, lesser] = [lines(true), lines(false)];
  return found.length > 0 ? { kind: 'vulnerable', found, lesser } : { kind: 'clean', lesser };
}

function describeVia(via: z.infer<typeof reportSchema>['vulnerabilities'][string]['via']): string {
  return via.map((each) => (typeof each === 'string' ? `by ${each}` : `${each.title} (${each.url})`)).join('; ');
}

function parse(printed: string): unknown {
  try {
    return JSON.parse(printed);
  } catch {
    return undefined;
  }
}
