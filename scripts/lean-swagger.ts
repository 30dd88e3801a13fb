import { fileURLToPath } from 'node:url';
import type { Plugin } from 'rolldown';

const stub = fileURLToPath(new URL('stubs/yaml.ts', import.meta.url));

/** Bundles `@fastify/swagger` without its YAML, which the daemon would load at every start. Transcripts have the real one. */
export const leanSwagger = (): Plugin => ({
  name: 'lean-swagger',
  resolveId: {
    filter: { id: /^yaml$/ },
    handler: (_, importer) => (importer && /[\\/]swagger[\\/]/.test(importer) ? stub : undefined),
  },
});
