/** No agent tells a URL: none runs, or the one that does has none. */
export class NoAgent extends Error {}
