/** @fastify/swagger loads all of yaml to write documents that are not asked for: the API is described in JSON only. */
export default {};
