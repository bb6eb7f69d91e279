import type { CreateIntegrationCommandInput } from '@aws-sdk/client-apigatewayv2'
import { required } from '../../management/client.ts'
import { functionArn, functionUri, newApi, role, type Trip } from './new-api.ts'

function integrationTrip(
  settings: Omit<CreateIntegrationCommandInput, 'ApiId'>,
  filledIn: object,
  changes: object,
  updated: object,
): Trip {
  return async (api) => {
    const ApiId = await newApi(api)
    let IntegrationId = ''
    const created = { ...settings, ...filledIn }
    return {
      async create() {
        const answer = await api.createIntegration({ ApiId, ...settings })
        IntegrationId = required(answer.IntegrationId)
        return answer
      },
      read: () => api.getIntegration({ ApiId, IntegrationId }),
      update: (isChanging) => api.updateIntegration({ ApiId, IntegrationId, ...(isChanging && changes) }),
      delete: () => api.deleteIntegration({ ApiId, IntegrationId }),
      created,
      updated: { ...created, ...updated },
      drawn: ['IntegrationId'],
    }
  }
}

export const webIntegration = integrationTrip(
  {
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'GET',
    IntegrationUri: 'https://example.com/{proxy}',
    RequestParameters: { 'append:header.a': 'b', 'overwrite:path': '/v2${request.path}' },
    ResponseParameters: { 200: { 'append:header.c': 'd' }, 500: { 'overwrite:statuscode': '502' } },
  },
  { ConnectionType: 'INTERNET', PayloadFormatVersion: '1.0', TimeoutInMillis: 30_000 },
  {
    TimeoutInMillis: 50,
    RequestParameters: { 'overwrite:path': '', 'append:header.e': 'f' },
    ResponseParameters: { 200: {}, 404: { 'remove:header.g': "''" } },
  },
  {
    TimeoutInMillis: 50,
    RequestParameters: { 'append:header.a': 'b', 'append:header.e': 'f' },
    ResponseParameters: { 404: { 'remove:header.g': "''" }, 500: { 'overwrite:statuscode': '502' } },
  },
)

export const functionIntegration = integrationTrip(
  { IntegrationType: 'AWS_PROXY', IntegrationUri: functionArn, PayloadFormatVersion: '2.0', Description: 'Pets' },
  { ConnectionType: 'INTERNET', IntegrationMethod: 'POST', TimeoutInMillis: 30_000 },
  { PayloadFormatVersion: '1.0', IntegrationUri: functionUri, Description: 'Dogs' },
  { PayloadFormatVersion: '1.0', IntegrationUri: functionUri, Description: 'Dogs' },
)

export const serviceIntegration = integrationTrip(
  {
    IntegrationType: 'AWS_PROXY',
    IntegrationSubtype: 'StepFunctions-StartExecution',
    PayloadFormatVersion: '1.0',
    CredentialsArn: role,
    RequestParameters: { StateMachineArn: '$stageVariables.machine', Input: '$request.body' },
  },
  { ConnectionType: 'INTERNET', TimeoutInMillis: 30_000 },
  { RequestParameters: { Input: '', Name: '$context.requestId' } },
  { RequestParameters: { StateMachineArn: '$stageVariables.machine', Name: '$context.requestId' } },
)
