import { createRequire } from 'node:module';

/**
 * The compiler for handlers and configurations. It is required: Node reads all of what `import` loads of it to find
 * its names, which took longer than everything else that a thread does until it is ready.
 */
export const { createJiti }: typeof import('jiti') = createRequire(import.meta.url)('jiti');
