import { configDefaults, defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The tests that start the real program, terminals and browsers. They take longer, so that they are no part of `npm test`. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: ['test/**/*.e2e.test.ts'], exclude: configDefaults.exclude },
});
