import { BackendUnavailable, prepareProcess } from '../backend/index.ts';

/** Whether tfjs-node's native library works here; test/tfjs-node/install.sh makes it so. */
export function isNativeThere(): boolean {
  try {
    prepareProcess('tfjs-node');
    return true;
  } catch (error) {
    if (error instanceof BackendUnavailable) {
      return false;
    }
    throw error;
  }
}
