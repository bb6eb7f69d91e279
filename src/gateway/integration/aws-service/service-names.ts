/** How a JSON service names its operations. */
export interface JsonService {
  /** What stands before the operation in `X-Amz-Target`. */
  readonly targetPrefix: string
  readonly jsonVersion: '1.0' | '1.1'
}

/**
 * The services whose `X-Amz-Target` the gateway fills in for an `action`, by the name in the integration's URI.
 * Observed: others, such as EventBridge, need the header mapped by hand.
 */
const jsonServices: Readonly<Record<string, JsonService>> = {
  dynamodb: { targetPrefix: 'DynamoDB_20120810', jsonVersion: '1.0' },
  'streams.dynamodb': { targetPrefix: 'DynamoDBStreams_20120810', jsonVersion: '1.0' },
  firehose: { targetPrefix: 'Firehose_20150804', jsonVersion: '1.1' },
  kinesis: { targetPrefix: 'Kinesis_20131202', jsonVersion: '1.1' },
  ssm: { targetPrefix: 'AmazonSSM', jsonVersion: '1.1' },
  states: { targetPrefix: 'AWSStepFunctions', jsonVersion: '1.0' },
}

/** Names that requests are signed for, where they are not the one in the host name. */
const signingNames: Readonly<Record<string, string>> = {
  'appsync-api': 'appsync',
  appconfigdata: 'appconfig',
  'bedrock-agent': 'bedrock',
  'bedrock-agent-runtime': 'bedrock',
  'bedrock-runtime': 'bedrock',
  'data-ats.iot': 'iotdata',
  'data.iot': 'iotdata',
  email: 'ses',
  forecastquery: 'forecast',
  'personalize-runtime': 'personalize',
  'personalize-events': 'personalize',
  pinpoint: 'mobiletargeting',
  'runtime-v2-lex': 'lex',
}

/** Services of one endpoint for all regions, which are signed for this region. */
const globalRegions: Readonly<Record<string, string>> = {
  budgets: 'us-east-1',
  cloudfront: 'us-east-1',
  iam: 'us-east-1',
  route53: 'us-east-1',
  waf: 'us-east-1',
}

/** What a request to a service is signed for. @param service As in the URI, with its subdomain. */
export function signingName(service: string): string {
  const label = service.slice(service.lastIndexOf('.') + 1)
  return ownEntry(signingNames, service) ?? ownEntry(signingNames, label) ?? label
}

/** The region that a service's only endpoint belongs to; undefined for services with an endpoint per region. */
export function globalRegion(service: string): string | undefined {
  return ownEntry(globalRegions, service)
}

/** The entry of a JSON service. */
export function jsonService(service: string): JsonService | undefined {
  return ownEntry(jsonServices, service)
}

/** Names come from the URI: what objects inherit is no entry. */
function ownEntry<T>(entries: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined
}
