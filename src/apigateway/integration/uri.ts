import { parseArn } from '../../wire/arn.ts'
import { badRequest } from '../refusal.ts'

/**
 * Where an AWS integration goes: the parts of
 * `arn:{partition}:apigateway:{region}:{service}:{path|action}/{target}`.
 */
export interface AwsTarget {
  readonly region: string
  /** With its subdomain, if there is one: `lambda`, `my-bucket.s3`. */
  readonly service: string
  readonly kind: 'path' | 'action'
  readonly target: string
}

const lambdaInvocation = /^2015-03-31\/functions\/.+\/invocations$/s

/** Reads the URI of an `AWS` or `AWS_PROXY` integration; it may hold `${stageVariables.x}`. */
export function parseAwsTarget(uri: string): AwsTarget | undefined {
  const arn = parseArn(uri)
  const [, kind, target] = /^(path|action)\/(.+)$/s.exec(arn?.resource ?? '') ?? []
  if (arn?.service !== 'apigateway' || target === undefined) return undefined
  return { region: arn.region, service: arn.account, kind: kind === 'path' ? 'path' : 'action', target }
}

/** Whether a target is the buffered invocation of a Lambda function. */
export function isLambdaInvocation({ service, kind, target }: AwsTarget): boolean {
  return service === 'lambda' && kind === 'path' && lambdaInvocation.test(target)
}

/** @throws {ServiceError} `BadRequestException` unless the URI names an AWS service's path or action. */
export function requireAwsTarget(uri: string): AwsTarget {
  if (!parseArn(uri)) throw badRequest('Invalid ARN specified in the request')
  const target = parseAwsTarget(uri)
  if (!target) throw badRequest('AWS ARN for integration must contain path or action')
  return target
}

/** @throws {ServiceError} `BadRequestException` unless the URI is an absolute http or https URL. */
export function checkHttpUri(uri: string): void {
  // Stage variables and path placeholders get their values when a call is served: any value stands in for them here.
  const filled = uri.replaceAll(/\$\{[^}]*\}/g, 'x').replaceAll(/\{[^}/]*\}/g, 'x')
  if (!/^https?:\/\//.test(filled) || !URL.canParse(filled)) {
    throw badRequest('Invalid HTTP endpoint specified for URI')
  }
}
