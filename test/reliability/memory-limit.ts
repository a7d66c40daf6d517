/** What the service may hold at any moment beyond what it holds when it is ready, in bytes. */
export const memoryLimit = 400e6;

/** The same in a soak: among many more pictures more of the large ones come together. */
export const soakMemoryLimit = 500e6;
