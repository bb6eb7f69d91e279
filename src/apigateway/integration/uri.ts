import { type AwsTarget, parseAwsTarget } from '../../snapshot/aws-target.ts'
import { parseArn } from '../../wire/arn.ts'
import { badRequest } from '../refusal.ts'

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
