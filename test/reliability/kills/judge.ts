import type { Outcome } from './load.ts';
import type { Kill } from './victims.ts';

/** What came of all questions. */
export interface Judgement {
  right: number;
  /** Failures of requests that the killed process had, by its kind. */
  explained: Record<Kill['kind'], number>;
  /** Failures that no kill explains. */
  unexplained: Outcome[];
  /** Answers that belong to something else. */
  wrong: Outcome[];
}

/** Sorts outcomes by whether they are right and, if not, whether a kill is why. */
export function judge(outcomes: readonly Outcome[], kills: readonly Kill[]): Judgement {
  const judgement: Judgement = {
    right: 0,
    explained: { server: 0, gateway: 0, replica: 0 },
    unexplained: [],
    wrong: [],
  };
  for (const outcome of outcomes) {
    const kill = kills.find((each) => explains(each, outcome));
    if (isRight(outcome)) judgement.right += 1;
    else if (kill !== undefined) judgement.explained[kill.kind] += 1;
    else if (isFailure(outcome)) judgement.unexplained.push(outcome);
    else judgement.wrong.push(outcome);
  }
  return judgement;
}

/** Whether the answer is to this request, and is the right one. */
export function isRight({ id, right, answer }: Outcome): boolean {
  return answer?.id === id && answer.status === right.status && answer.essence === right.essence;
}

/** No answer, or one that says that none can be given. */
function isFailure({ answer }: Outcome): boolean {
  return answer === undefined || answer.status >= 500;
}

/**
 * Whether a request was with the killed process, and failed as such a one does: the gateway tells by 502 which replica died
 * with it; a server or gateway that is dead cannot answer, and a server that is coming back says that it loads.
 */
function explains(kill: Kill, { target, sentAt, endedAt, answer }: Outcome): boolean {
  if (target !== kill.target || endedAt < kill.at || sentAt > kill.overAt) return false;
  if (kill.kind === 'replica') {
    return answer?.status === 502 && answer.essence.startsWith(`the replica ${kill.replica} failed: `);
  }
  return answer === undefined || (kill.kind === 'server' && answer.status === 503 && answer.essence === '"LOADING"');
}
