import { escapeControls } from './text.ts';

/** Tells a person something: a command's answer, or a part of it. */
export const tell = (text: string): void => console.log(escapeControls(text));

/** Tells a person what went wrong, apart from the command's answer. */
export const warn = (text: string): void => console.error(escapeControls(text));
