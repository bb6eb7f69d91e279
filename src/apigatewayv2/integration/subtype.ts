import { badRequest } from '../../apigateway/refusal.ts'
import type { IntegrationRecord } from './integration.ts'

/** Documented: the request parameters of one action of a service. */
interface Subtype {
  readonly required: readonly string[]
  readonly optional: readonly string[]
}

const subtypes: Readonly<Record<string, Subtype>> = {
  'EventBridge-PutEvents': {
    required: ['Detail', 'DetailType', 'Source'],
    optional: ['Time', 'EventBusName', 'Resources', 'Region', 'TraceHeader'],
  },
  'SQS-SendMessage': {
    required: ['QueueUrl', 'MessageBody'],
    optional: [
      'DelaySeconds',
      'MessageAttributes',
      'MessageDeduplicationId',
      'MessageGroupId',
      'MessageSystemAttributes',
      'Region',
    ],
  },
  'SQS-ReceiveMessage': {
    required: ['QueueUrl'],
    optional: [
      'AttributeNames',
      'MaxNumberOfMessages',
      'MessageAttributeNames',
      'ReceiveRequestAttemptId',
      'VisibilityTimeout',
      'WaitTimeSeconds',
      'Region',
    ],
  },
  'SQS-DeleteMessage': { required: ['QueueUrl', 'ReceiptHandle'], optional: ['Region'] },
  'SQS-PurgeQueue': { required: ['QueueUrl'], optional: ['Region'] },
  'AppConfig-GetConfiguration': {
    required: ['Application', 'Environment', 'Configuration', 'ClientId'],
    optional: ['ClientConfigurationVersion', 'Region'],
  },
  'Kinesis-PutRecord': {
    required: ['StreamName', 'Data', 'PartitionKey'],
    optional: ['SequenceNumberForOrdering', 'ExplicitHashKey', 'Region'],
  },
  'StepFunctions-StartExecution': { required: ['StateMachineArn'], optional: ['Name', 'Input', 'Region'] },
  'StepFunctions-StartSyncExecution': {
    required: ['StateMachineArn'],
    optional: ['Name', 'Input', 'Region', 'TraceHeader'],
  },
  'StepFunctions-StopExecution': { required: ['ExecutionArn'], optional: ['Cause', 'Error', 'Region'] },
}

/**
 * Checks an integration that calls an AWS service.
 * @throws {ServiceError} `BadRequestException` in the observed words, where there are any.
 */
export function checkSubtype(name: string, integration: IntegrationRecord): void {
  const { IntegrationUri, CredentialsArn, PayloadFormatVersion, RequestParameters = {} } = integration
  const subtype = Object.hasOwn(subtypes, name) ? subtypes[name] : undefined
  if (!subtype || PayloadFormatVersion !== '1.0') throw badRequest(`Operation: ${name} is not supported.`)
  if (IntegrationUri !== undefined) throw badRequest(`IntegrationUri is not supported for Subtype: ${name}`)
  if (!CredentialsArn) {
    throw badRequest(`Role ARN must be specified for AWS integration configuration with Subtype: ${name}`)
  }
  const given = Object.keys(RequestParameters)
  const { required, optional } = subtype
  if (required.some((parameter) => !given.includes(parameter))) {
    throw badRequest(
      `Operation: ${name} requires enabling passthrough, or defining all of the following parameters: [${required.join(', ')}]`,
    )
  }
  const unknown = given.find((parameter) => !required.includes(parameter) && !optional.includes(parameter))
  if (unknown !== undefined) throw badRequest(`Operation: ${name} does not support the parameter ${unknown}`)
}
