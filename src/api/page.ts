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

const stretchMetaSchema = z.object({
  /** The item that was asked for. */
  found_id: z.string().nullable(),
  next_page_id: z.string().nullable(),
  newer_page_id: z.string().nullable(),
  per_page: z.int(),
  results: z.int(),
  total: z.int(),
});

/** Consecutive items from anywhere in a list, newest first. */
export const stretchOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item), meta: stretchMetaSchema });

/** A part of a list with items on both sides. */
export interface StretchJson<Item> {
  data: Item[];
  meta: z.output<typeof stretchMetaSchema>;
}
