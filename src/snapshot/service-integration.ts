/** How a parameter of a service integration travels to its service. */
export type ServiceParameterKind =
  /** As it is. */
  | 'text'
  /** A whole number. */
  | 'integer'
  /** A list of texts: JSON, or with commas between. */
  | 'texts'
  /** An object, given as JSON; its texts may hold `${…}`. */
  | 'object'
  /** A time: ISO 8601, or epoch seconds. */
  | 'time'
  /** Text that the service gets as bytes. */
  | 'bytes'

/** A first-class integration of HTTP APIs: one action of one service. */
export interface ServiceIntegration {
  readonly required: Readonly<Record<string, ServiceParameterKind>>
  /** `Region`, the region of the service, is among them for every one. */
  readonly optional: Readonly<Record<string, ServiceParameterKind>>
}

const Region = 'text'
const SQS = { QueueUrl: 'text' } as const
const startExecution = { Name: 'text', Input: 'text', Region } as const

/** Documented: every `integrationSubtype`, and its `requestParameters`. */
export const serviceIntegrations = {
  'EventBridge-PutEvents': {
    required: { Detail: 'text', DetailType: 'text', Source: 'text' },
    optional: { Time: 'time', EventBusName: 'text', Resources: 'texts', Region, TraceHeader: 'text' },
  },
  'SQS-SendMessage': {
    required: { ...SQS, MessageBody: 'text' },
    optional: {
      DelaySeconds: 'integer',
      MessageAttributes: 'object',
      MessageDeduplicationId: 'text',
      MessageGroupId: 'text',
      MessageSystemAttributes: 'object',
      Region,
    },
  },
  'SQS-ReceiveMessage': {
    required: SQS,
    optional: {
      AttributeNames: 'texts',
      MaxNumberOfMessages: 'integer',
      MessageAttributeNames: 'texts',
      ReceiveRequestAttemptId: 'text',
      VisibilityTimeout: 'integer',
      WaitTimeSeconds: 'integer',
      Region,
    },
  },
  'SQS-DeleteMessage': { required: { ...SQS, ReceiptHandle: 'text' }, optional: { Region } },
  'SQS-PurgeQueue': { required: SQS, optional: { Region } },
  'AppConfig-GetConfiguration': {
    required: { Application: 'text', Environment: 'text', Configuration: 'text', ClientId: 'text' },
    optional: { ClientConfigurationVersion: 'text', Region },
  },
  'Kinesis-PutRecord': {
    required: { StreamName: 'text', Data: 'bytes', PartitionKey: 'text' },
    optional: { SequenceNumberForOrdering: 'text', ExplicitHashKey: 'text', Region },
  },
  'StepFunctions-StartExecution': { required: { StateMachineArn: 'text' }, optional: startExecution },
  'StepFunctions-StartSyncExecution': {
    required: { StateMachineArn: 'text' },
    optional: { ...startExecution, TraceHeader: 'text' },
  },
  'StepFunctions-StopExecution': {
    required: { ExecutionArn: 'text' },
    optional: { Cause: 'text', Error: 'text', Region },
  },
} as const satisfies Readonly<Record<string, ServiceIntegration>>

export type ServiceIntegrationSubtype = keyof typeof serviceIntegrations

/** Whether a text is an `integrationSubtype`. */
export function isServiceIntegration(subtype: string): subtype is ServiceIntegrationSubtype {
  return Object.hasOwn(serviceIntegrations, subtype)
}
