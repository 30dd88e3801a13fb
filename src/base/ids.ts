import { v5, v7, validate } from 'uuid';

/** A new id: UUID version 7, so that ids made later sort later. */
export const newId = (): string => v7();

/** Whether a text is a UUID of any version. */
export const isId = (text: string): boolean => validate(text);

/** The namespace for ids derived from foreign ids. Never change it: every derived id would change. */
const namespace = '0a2d7f5e-5f0b-4c1f-9b53-6a4f0c9b7e11';

/** Derives our id from an id of another form. The same input always returns the same id. */
export const derivedId = (foreign: string): string => v5(foreign, namespace);
