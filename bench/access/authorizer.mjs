export const handler = async ({ methodArn }) => {
  const Statement = [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: methodArn.replace(/\/.*/, '/*') }]
  return { principalId: 'ada', policyDocument: { Version: '2012-10-17', Statement }, context: { plan: 'gold' } }
}
