/** How a parameter of a handler is written by a person. */
export const fieldTypes = ['text', 'number', 'boolean', 'choice', 'list', 'json'] as const;
