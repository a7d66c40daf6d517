/** The worker that had a picture, or was to get it, died, hung, or could not load. The picture may be sent again. */
export class WorkerLost extends Error {
  override name = 'WorkerLost';
}
