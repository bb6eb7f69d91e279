/** The function of the `AWS_PROXY` comparison: both gateways run this very file. */
export const handler = async (event) => ({
  statusCode: 200,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ path: event.path, stage: event.requestContext.stage }),
})
