/** zod for handler files of a workspace that has not installed it. */
export * from 'zod';
export { default } from 'zod';
