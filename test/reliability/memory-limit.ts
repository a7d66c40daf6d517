/** What the service may hold at any moment beyond what it holds when it is ready, in bytes. */
export const memoryLimit = 400e6;
