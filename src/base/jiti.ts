import { createRequire } from 'node:module';
import type { Jiti, JitiOptions } from 'jiti';

const require = createRequire(import.meta.url);

/**
 * The compiler for handlers and configurations, loaded when it is first wanted. It is required: `import` would have
 * Node read all of it to find its names, which took longer than anything else that a thread does until it is ready.
 */
export function createJiti(file: string, options: JitiOptions): Jiti {
  const jiti: typeof import('jiti') = require('jiti');
  return jiti.createJiti(file, options);
}
