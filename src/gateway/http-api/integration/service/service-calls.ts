import type { ServiceIntegrationSubtype } from '../../../../snapshot/service-integration.ts'

/** How a service integration calls its service. */
export interface ServiceCall {
  /** As `serviceEndpoints` of the configuration name it. */
  readonly service: string
  /** What the operation's public endpoint begins with, where it has one of its own. */
  readonly hostPrefix?: string
  readonly protocol: JsonProtocol | 'rest'
}

/** The operation is in a header, its members in a JSON document. */
export interface JsonProtocol {
  /** `X-Amz-Target`. */
  readonly target: string
  readonly version: '1.0' | '1.1'
  /** How the service spells its members, where it is not as the parameters are spelt. */
  readonly lowerCamelCase?: boolean
  /** The member whose only item the parameters are. Absent: they are members of the document itself. */
  readonly itemOf?: string
}

/** Every subtype's call, by the protocol that the service's SDKs speak. */
export const serviceCalls: Readonly<Record<ServiceIntegrationSubtype, ServiceCall>> = {
  'EventBridge-PutEvents': {
    service: 'events',
    protocol: { target: 'AWSEvents.PutEvents', version: '1.1', itemOf: 'Entries' },
  },
  'SQS-SendMessage': sqs('SendMessage'),
  'SQS-ReceiveMessage': sqs('ReceiveMessage'),
  'SQS-DeleteMessage': sqs('DeleteMessage'),
  'SQS-PurgeQueue': sqs('PurgeQueue'),
  'AppConfig-GetConfiguration': { service: 'appconfig', protocol: 'rest' },
  'Kinesis-PutRecord': { service: 'kinesis', protocol: { target: 'Kinesis_20131202.PutRecord', version: '1.1' } },
  'StepFunctions-StartExecution': stepFunctions('StartExecution'),
  'StepFunctions-StartSyncExecution': { ...stepFunctions('StartSyncExecution'), hostPrefix: 'sync-' },
  'StepFunctions-StopExecution': stepFunctions('StopExecution'),
}

function sqs(operation: string): ServiceCall {
  return { service: 'sqs', protocol: { target: `AmazonSQS.${operation}`, version: '1.0' } }
}

function stepFunctions(operation: string): ServiceCall {
  return {
    service: 'states',
    protocol: { target: `AWSStepFunctions.${operation}`, version: '1.0', lowerCamelCase: true },
  }
}
