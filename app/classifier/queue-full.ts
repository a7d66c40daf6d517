/** As many pictures wait as may wait. */
export class QueueFull extends Error {
  override name = 'QueueFull';
}
