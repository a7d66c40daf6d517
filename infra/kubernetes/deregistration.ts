/** As long as it takes until no node sends new connections to a pod that ends, in seconds. */
export const deregistration = 5;

/** Has a pod that ends answer until nobody sends to it any more. */
export const answerMeanwhile = { preStop: { exec: { command: ['sleep', String(deregistration)] } } };
