import type { Arrivals, Objective, Settings } from '../bench/index.ts';

/** Settings with what options say in place of them. `traffic` is the load of the autoscaling scenario. */
export function withOptions(
  settings: Settings,
  { objective, traffic }: { objective?: Objective; traffic?: Arrivals },
): Settings {
  return {
    ...settings,
    ...(objective && { objective }),
    ...(traffic && { autoscaling: { ...settings.autoscaling, arrivals: traffic } }),
  };
}
