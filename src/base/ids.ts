import { v5, v7, validate } from 'uuid';

/** A new id: UUID version 7, so that ids made later sort later. */
export const newId = (): string => v7();

/** Whether a text is a UUID of any version. */
export const isId = (text: string): boolean => validate(text);

/** Under which ids are derived from those of other applications. Never to be changed: the ids would change with it. */
const namespace = '0a2d7f5e-5f0b-4c1f-9b53-6a4f0c9b7e11';

/** The id that stands here for an id of another form: always the same one. */
export const derivedId = (foreign: string): string => v5(foreign, namespace);
