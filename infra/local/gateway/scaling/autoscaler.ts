import type { AutoscalerTiming } from './timing.ts';

/** Bounds and step of a function's replicas. */
export interface Scale {
  min: number;
  max: number;
  /** Size of a step, as a percentage of `max`. */
  factor: number;
}

/**
 * The autoscaler's memory between two looks. The alert is Prometheus' half of the rule (is the function too busy?),
 * the group is Alertmanager's (when is that acted on?). Times are in milliseconds of any one clock.
 */
export interface AutoscalerState {
  evaluateAt: number;
  alert: { state: 'inactive' } | { state: 'pending'; since: number } | { state: 'firing' };
  /** Present from firing until it has been acted on that the alert is over. */
  group?: { actAt: number; lastStepAt?: number };
}

/** What is to be done to the replicas: one step up, straight to the minimum, or nothing. */
export type Action = 'step' | 'minimum' | 'none';

export function initialAutoscaler(now: number): AutoscalerState {
  return { evaluateAt: now, alert: { state: 'inactive' } };
}

/** One look: what the state is afterwards, and what is to be done. Looks may come at any times that do not go back. */
export function look(
  state: AutoscalerState,
  now: number,
  rate: number,
  timing: AutoscalerTiming,
): { state: AutoscalerState; action: Action } {
  return act(evaluate(state, now, rate, timing), now, timing);
}

/** Replicas wanted after an action. */
export function replicasAfter(action: Action, replicas: number, { min, max, factor }: Scale): number {
  if (action === 'none') return replicas;
  const step = Math.ceil((max / 100) * factor);
  return action === 'step' && step > 0 ? Math.min(replicas + step, max) : min;
}

function evaluate(state: AutoscalerState, now: number, rate: number, timing: AutoscalerTiming): AutoscalerState {
  if (now < state.evaluateAt) return state;
  const alert = nextAlert(state.alert, now, rate > timing.threshold, timing.holdMs);
  const fires = alert.state === 'firing' && state.group === undefined;
  return {
    ...state,
    evaluateAt: nextTime(state.evaluateAt, timing.evaluationMs, now),
    alert,
    ...(fires ? { group: { actAt: now + timing.groupWaitMs } } : {}),
  };
}

function nextAlert(
  alert: AutoscalerState['alert'],
  now: number,
  busy: boolean,
  hold: number,
): AutoscalerState['alert'] {
  if (!busy) return { state: 'inactive' };
  if (alert.state === 'firing') return alert;
  const since = alert.state === 'pending' ? alert.since : now;
  return now - since >= hold ? { state: 'firing' } : { state: 'pending', since };
}

function act(
  state: AutoscalerState,
  now: number,
  timing: AutoscalerTiming,
): { state: AutoscalerState; action: Action } {
  const { group } = state;
  if (group === undefined || now < group.actAt) return { state, action: 'none' };
  const actAt = nextTime(group.actAt, timing.groupIntervalMs, now);
  if (state.alert.state !== 'firing') {
    const { group: _over, ...rest } = state;
    return { state: rest, action: group.lastStepAt === undefined ? 'none' : 'minimum' };
  }
  const due = group.lastStepAt === undefined || group.actAt - group.lastStepAt >= timing.repeatMs;
  const lastStepAt = due ? group.actAt : group.lastStepAt;
  const next = { ...state, group: { actAt, ...(lastStepAt === undefined ? {} : { lastStepAt }) } };
  return { state: next, action: due ? 'step' : 'none' };
}

/** The first time after now that is a multiple of the interval away from the last one: late looks do not shift it. */
function nextTime(last: number, interval: number, now: number): number {
  return last + interval * (Math.floor((now - last) / interval) + 1);
}
