import type { Component } from '../labels.ts';

/** What the objects of a server are called, and the part that they play. */
export interface Part {
  name: string;
  component: Component;
}
