/** Variables of HAProxy's environment by which a router changes; it reads them when it starts. */
export const routerVariables = {
  /** Requests that a server of the base may have at once. */
  inFlight: 'IN_FLIGHT',
  /** `disabled` lets requests that find the base full wait, instead of going to the function. */
  overflow: 'OVERFLOW',
} as const;
