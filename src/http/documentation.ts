import { readFile } from 'node:fs/promises';
import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { packageFile } from '../base/package-file.ts';
import { type AddressLimit, hiddenFromDocumentation } from './rate-limits.ts';

/** The path of the OpenAPI document. */
const documentPath = '/api/messenger/openapi.json';

/** What the page may load: only its own files. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The files of the page, by path. The script is built from `documentation-page/` for browsers. */
const pageFiles = [
  ['/docs', 'assets/documentation/page.html', 'text/html'],
  ['/docs/page.css', 'assets/documentation/page.css', 'text/css'],
  ['/docs/page.js', 'dist/documentation-page.js', 'text/javascript'],
] as const;

/** Serves the OpenAPI document of all routes that are added later, and a page to read it. */
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
  // Serialized once: the document does not change while the server runs.
  let document: string | undefined;
  server.get(documentPath, hidden, async (_request, reply) => {
    document ??= JSON.stringify(server.swagger());
    return reply.type('application/json; charset=utf-8').send(document);
  });
  for (const [path, file, type] of pageFiles) {
    // Loaded now: no request may fail because file descriptors are short.
    const content = await readFile(packageFile(file));
    server.get(path, hidden, async (_request, reply) =>
      reply.header('content-security-policy', pagePolicy).type(`${type}; charset=utf-8`).send(content),
    );
  }
}

async function ownVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(packageFile('package.json'), 'utf8'));
  return version;
}
