import { readFile } from 'node:fs/promises';
import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { packageFile } from '../base/package-file.ts';
import { type AddressLimit, hiddenFromDocumentation } from './rate-limits.ts';

/** Where the description of the API is. */
const documentPath = '/api/messenger/openapi.json';

/** What the page may load: itself, and nothing from elsewhere. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>messenger-bots: HTTP API</title>
    <link rel="icon" href="data:,">
    <script type="module" src="/docs/rapidoc.js"></script>
  </head>
  <body>
    <rapi-doc spec-url="${documentPath}" render-style="view" load-fonts="false" allow-server-selection="false"
      show-header="false"></rapi-doc>
  </body>
</html>
`;

/** Serves the OpenAPI document of every route that is added from now on, and a page to read it by. */
export async function serveDocumentation(server: FastifyInstance, onRequest: AddressLimit): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'messenger-bots', version: await ownVersion() },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
    transform: createJsonSchemaTransform({}),
    transformObject: jsonSchemaTransformObject,
  });
  const hidden = { ...hiddenFromDocumentation, onRequest };
  // Both are made once: they stay what they are while the server runs.
  let document: string | undefined;
  server.get(documentPath, hidden, async (_request, reply) => {
    document ??= JSON.stringify(server.swagger());
    return reply.type('application/json; charset=utf-8').send(document);
  });
  server.get('/docs', hidden, async (_request, reply) =>
    reply.header('content-security-policy', pagePolicy).type('text/html; charset=utf-8').send(page),
  );
  let script: Buffer | undefined;
  server.get('/docs/rapidoc.js', hidden, async (_request, reply) => {
    script ??= await readFile(packageFile('dist/rapidoc-min.js'));
    return reply.type('text/javascript; charset=utf-8').send(script);
  });
}

async function ownVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(packageFile('package.json'), 'utf8'));
  return version;
}
