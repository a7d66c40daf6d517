import { z } from 'zod';

const properties = z.record(z.string(), z.unknown());

/** What Pulumi asks of a resource's provider: its new inputs (`news`), its present state (`olds`). */
export const requestSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('diff'), id: z.string(), olds: properties, news: properties }),
  z.object({ method: z.literal('create'), news: properties }),
  z.object({ method: z.literal('read'), id: z.string(), olds: properties }),
  z.object({ method: z.literal('update'), id: z.string(), olds: properties, news: properties }),
  z.object({ method: z.literal('delete'), id: z.string(), olds: properties }),
]);

export type Request = z.infer<typeof requestSchema>;
