/**
 * Lets an update set what a benchmark has set before, such as how many replicas there are: a field that somebody else has
 * written last is a conflict otherwise (server-side apply).
 */
export const overruling = { 'pulumi.com/patchForce': 'true' };
