import type { FunctionChange, FunctionVersion, PolicyStatement, PublishedFunction } from '../../snapshot/function.ts'

/** What a function's ARN stands for. */
export interface Target {
  /** Unqualified. */
  readonly functionArn: string
  /** ARN with the qualifier that the caller used, if any: what the resource policy is about. */
  readonly resource: string
  readonly published: PublishedFunction
  readonly statements: readonly PolicyStatement[]
  /** Chooses the version that runs: an alias may spread calls over several. */
  choose(random: () => number): FunctionVersion
}

/** The functions that exist, as the control plane last published them. */
export class FunctionRegistry {
  readonly #functions = new Map<string, PublishedFunction>()
  readonly #targets = new Map<string, Target>()

  publish(changes: readonly FunctionChange[]): void {
    for (const { functionArn, published } of changes) {
      if (published === undefined) this.#functions.delete(functionArn)
      else this.#functions.set(functionArn, published)
    }
    this.#targets.clear()
  }

  /** Every version that can be invoked. */
  versions(): FunctionVersion[] {
    return [...this.#functions.values()].flatMap(({ versions }) => Object.values(versions))
  }

  /** Whether this very revision can still be invoked. */
  isCurrent({ functionArn, version, revisionId }: FunctionVersion): boolean {
    return this.#functions.get(functionArn)?.versions[version]?.revisionId === revisionId
  }

  /**
   * Finds the function of a full ARN, whose qualifier is a version, an alias or absent.
   *
   * @returns `undefined` when there is none.
   */
  find(arn: string): Target | undefined {
    const known = this.#targets.get(arn)
    if (known !== undefined) return known
    const target = this.#resolve(arn)
    if (target !== undefined) this.#targets.set(arn, target)
    return target
  }

  #resolve(arn: string): Target | undefined {
    const { functionArn, qualifier } = splitArn(arn)
    const published = this.#functions.get(functionArn)
    const choose = published === undefined ? undefined : chooser(published, qualifier ?? '$LATEST')
    if (published === undefined || choose === undefined) return undefined
    const isLatest = qualifier === undefined || qualifier === '$LATEST'
    const statements = published.policies[isLatest ? '' : qualifier] ?? []
    return { functionArn, resource: isLatest ? functionArn : arn, published, statements, choose }
  }
}

/** @example splitArn('arn:aws:lambda:r:a:function:f:live') // { functionArn: 'arn:aws:lambda:r:a:function:f', qualifier: 'live' } */
export function splitArn(arn: string): { functionArn: string; qualifier: string | undefined } {
  const parts = arn.split(':')
  const qualifier = parts[7]
  return { functionArn: parts.slice(0, 7).join(':'), qualifier: qualifier === '' ? undefined : qualifier }
}

function chooser({ versions, aliases }: PublishedFunction, qualifier: string): Target['choose'] | undefined {
  const only = versions[qualifier]
  if (only !== undefined) return () => only
  const alias = aliases[qualifier]
  const main = alias === undefined ? undefined : versions[alias.version]
  if (alias === undefined || main === undefined) return undefined
  const others = Object.entries(alias.additionalVersionWeights).flatMap(([name, weight]) => {
    const version = versions[name]
    return version === undefined ? [] : [{ version, weight }]
  })
  if (others.length === 0) return () => main
  return (random) => {
    let rest = random()
    for (const { version, weight } of others) {
      if (rest < weight) return version
      rest -= weight
    }
    return main
  }
}
