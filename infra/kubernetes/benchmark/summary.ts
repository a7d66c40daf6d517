/** A figure with its 95 % interval; a bound that so few samples cannot give is null. */
export interface Figure {
  value: number;
  low: number | null;
  high: number | null;
}

/** What was found of one target. A figure is absent where it was not measured, or nothing succeeded. */
export interface TargetFigures {
  /** Whether it failed as docs/run-folder.md says it. */
  failed: boolean;
  requests: number;
  /** Requests that were refused, timed out, or got no connection. */
  errors: number;
  medianLatencyMs?: Figure;
  p95LatencyMs?: Figure;
  successesPerSecond?: Figure;
  /** The highest rate that keeps the objective, confirmed; `high` is the next one that was tried. */
  capacityPerSecond?: Figure;
  medianColdStartSeconds?: Figure;
  /** Most replicas that were ready at once. */
  mostReplicas?: number;
}

/** What a benchmark found, short enough for a stack's outputs. */
export interface BenchmarkSummary {
  /** The verdict in a sentence, and one for each thing that the run could not decide or that was lost on the way. */
  verdict: string;
  /** By the targets' names. */
  targets: Record<string, TargetFigures>;
}
