import assert from 'node:assert/strict'
import type { IAM, SimulatePolicyResponse } from '@aws-sdk/client-iam'
import { allowing } from '../clients.ts'

const denying = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Deny', Action: action, Resource: '*' } })

/** What policies would decide. */
export async function walkSimulation(iam: IAM): Promise<void> {
  const PolicySourceArn = 'arn:aws:iam::123456789012:user/frank'
  const user = { UserName: 'frank' }
  await iam.createUser(user)
  await iam.putUserPolicy({ ...user, PolicyName: 'own', PolicyDocument: allowing('execute-api:*') })
  const ActionNames = ['execute-api:Invoke', 'apigateway:GET']
  const own = await iam.simulatePrincipalPolicy({ PolicySourceArn, ActionNames })
  assert.deepEqual(decisions(own), ['allowed', 'implicitDeny'])
  assert.deepEqual(own.EvaluationResults?.[0]?.MatchedStatements, [{ SourcePolicyId: 'own', SourcePolicyType: 'user' }])
  const denied = await iam.simulatePrincipalPolicy({ PolicySourceArn, ActionNames, PolicyInputList: [denying('*')] })
  assert.deepEqual(decisions(denied), ['explicitDeny', 'explicitDeny'])
  await iam.deleteUserPolicy({ ...user, PolicyName: 'own' })
  await iam.deleteUser(user)
  await walkCustom(iam)
}

async function walkCustom(iam: IAM): Promise<void> {
  const statement = {
    Effect: 'Allow',
    Action: 'execute-api:Invoke',
    Resource: 'arn:aws:execute-api:*:*:a1/*',
    Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  }
  const input = {
    PolicyInputList: [JSON.stringify({ Version: '2012-10-17', Statement: statement })],
    ActionNames: ['execute-api:Invoke'],
    ResourceArns: [
      'arn:aws:execute-api:us-east-1:123456789012:a1/dev/GET/',
      'arn:aws:execute-api:us-east-1:1:b2/dev/GET/',
    ],
  }
  const without = await iam.simulateCustomPolicy(input)
  assert.deepEqual(decisions(without), ['implicitDeny', 'implicitDeny'])
  assert.deepEqual(without.EvaluationResults?.[0]?.MissingContextValues, ['aws:SourceIp'])
  const ContextEntries = [
    { ContextKeyName: 'aws:SourceIp', ContextKeyType: 'ip' as const, ContextKeyValues: ['10.1.2.3'] },
  ]
  const first = await iam.simulateCustomPolicy({ ...input, ContextEntries, MaxItems: 1 })
  assert.deepEqual([decisions(first), first.IsTruncated], [['allowed'], true])
  const second = await iam.simulateCustomPolicy({
    ...input,
    ContextEntries,
    ...(first.Marker && { Marker: first.Marker }),
  })
  assert.deepEqual([decisions(second), second.IsTruncated], [['implicitDeny'], false])
  const bounded = await iam.simulateCustomPolicy({
    ...input,
    ContextEntries,
    PermissionsBoundaryPolicyInputList: [allowing('s3:*')],
  })
  assert.deepEqual(decisions(bounded), ['implicitDeny', 'implicitDeny'])
  assert.equal(bounded.EvaluationResults?.[0]?.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary, false)
  await assert.rejects(iam.simulateCustomPolicy({ ...input, PolicyInputList: ['{'] }), {
    name: 'InvalidInputException',
  })
  await assert.rejects(iam.simulateCustomPolicy({ ...input, ResourceHandlingOption: 'EC2-VPC' }), {
    name: 'NotImplementedException',
  })
}

function decisions({ EvaluationResults = [] }: SimulatePolicyResponse) {
  return EvaluationResults.map(({ EvalDecision }) => EvalDecision)
}
