import { v7, validate } from 'uuid';

/** A new id: UUID version 7, so that ids made later sort later. */
export const newId = (): string => v7();

/** Whether a text is a UUID of any version. */
export const isId = (text: string): boolean => validate(text);
