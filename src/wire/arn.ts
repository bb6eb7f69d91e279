/** The parts of an Amazon Resource Name: `arn:{partition}:{service}:{region}:{account}:{resource}`. */
export interface Arn {
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string
  readonly service: string
  /** Empty for global services. */
  readonly region: string
  /** Twelve digits, or empty (every `apigateway` management ARN). */
  readonly account: string
  /** Everything after the fifth colon, colons and slashes included: `function:hello:live`, `/restapis/a1b2c3d4e5`. */
  readonly resource: string
}

const form = /^arn:([^:\s]+):([^:\s]+):([^:\s]*):([^:\s]*):(.+)$/s

/**
 * Reads an ARN.
 *
 * @example parseArn('arn:aws:lambda:eu-west-1:123456789012:function:hello')?.resource // 'function:hello'
 * @returns `undefined` when `text` does not have an ARN's six parts; the parts themselves are not judged.
 */
export function parseArn(text: string): Arn | undefined {
  const [, partition, service, region, account, resource] = form.exec(text) ?? []
  if (partition === undefined || service === undefined || region === undefined) return undefined
  if (account === undefined || resource === undefined) return undefined
  return { partition, service, region, account, resource }
}

/**
 * Writes an ARN; the partition defaults to the region's own, other absent parts are left empty.
 *
 * @example formatArn({ service: 'apigateway', region: 'us-east-1', resource: '/restapis/a1b2c3d4e5' })
 * // 'arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5'
 */
export function formatArn(parts: Partial<Arn> & Pick<Arn, 'service' | 'resource'>): string {
  const { service, resource, region = '', account = '', partition = partitionOf(region) } = parts
  return `arn:${partition}:${service}:${region}:${account}:${resource}`
}

/** The AWS partition that a region belongs to: `aws` unless its name says otherwise. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  if (region.startsWith('us-gov-')) return 'aws-us-gov'
  return 'aws'
}
