/** `@fastify/swagger` reads and writes YAML on demand only. Nobody asks for it here, and it takes long to load. */
export default {};
