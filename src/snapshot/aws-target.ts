import { parseArn } from '../wire/arn.ts'

/**
 * Where an AWS integration goes: the parts of
 * `arn:{partition}:apigateway:{region}:{service}:{path|action}/{target}`.
 */
export interface AwsTarget {
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string
  readonly region: string
  /** With its subdomain, if there is one: `lambda`, `my-bucket.s3`. */
  readonly service: string
  readonly kind: 'path' | 'action'
  readonly target: string
}

const lambdaInvocation = /^2015-03-31\/functions\/.+\/invocations$/s

/** Reads the URI of an `AWS` or `AWS_PROXY` integration; it may hold `{placeholders}` and `${stageVariables.x}`. */
export function parseAwsTarget(uri: string): AwsTarget | undefined {
  const arn = parseArn(uri)
  const [, kind, target] = /^(path|action)\/(.+)$/s.exec(arn?.resource ?? '') ?? []
  if (arn?.service !== 'apigateway' || target === undefined) return undefined
  const { partition, region, account: service } = arn
  return { partition, region, service, kind: kind === 'path' ? 'path' : 'action', target }
}

const streamingInvocation = /^2021-11-15\/functions\/.+\/response-streaming-invocations$/s

/** Whether a target is the invocation of a Lambda function whose response is streamed. */
export function isStreamingInvocation({ service, kind, target }: AwsTarget): boolean {
  return service === 'lambda' && kind === 'path' && streamingInvocation.test(target)
}

/** Whether a target is the buffered invocation of a Lambda function. */
export function isLambdaInvocation({ service, kind, target }: AwsTarget): boolean {
  return service === 'lambda' && kind === 'path' && lambdaInvocation.test(target)
}
