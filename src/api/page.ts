import { z } from 'zod';

const pageMetaSchema = z.object({
  index: z.boolean(),
  page_id: z.string().nullable(),
  next_page_id: z.string().nullable(),
  next_page_route: z.string().nullable(),
  final_page: z.boolean(),
  per_page: z.int(),
  results: z.int(),
  total: z.int(),
});

/** A page of items described by a schema. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item), meta: pageMetaSchema });

/** A page of a list. */
export interface PageJson<Item> {
  data: Item[];
  meta: z.output<typeof pageMetaSchema>;
}
