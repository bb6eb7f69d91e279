/** Answers an event of payload format 2.0; what has no status code of its own is the body of a 200. */
export const handler = async ({ routeKey, rawPath, pathParameters }) => ({
  greeting: `Hello, ${pathParameters?.name ?? 'world'}!`,
  routeKey,
  rawPath,
})
