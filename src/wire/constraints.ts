import { alternatives, brokenRules, print } from './constraint-rules.ts'
import type { Contract, Member, Shape } from './contract.ts'

/** One violation: `Value 'x' at 'path' failed to satisfy constraint: …`. */
type Violations = string[]

/**
 * Checks an input against the model's constraints and returns one sentence per violation, in the members' order.
 *
 * @param bodyPrefix Stands before the names of body members (`putMethodInput.`), not of those in path, query and headers.
 */
export function violationsOf(
  contract: Contract,
  structure: string,
  input: Readonly<Record<string, unknown>>,
  bodyPrefix = '',
): Violations {
  const check = new ConstraintCheck(contract)
  check.structure(structure, input, ({ in: location }) =>
    location === undefined || location === 'payload' ? bodyPrefix : '',
  )
  return check.violations
}

/** `1 validation error detected: …`, or `2 validation errors detected: …; …`. */
export function validationMessage(violations: readonly string[]): string {
  return `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected: ${violations.join('; ')}`
}

class ConstraintCheck {
  readonly violations: Violations = []
  readonly #contract: Contract

  constructor(contract: Contract) {
    this.#contract = contract
  }

  structure(name: string, value: Readonly<Record<string, unknown>>, prefix: (member: Member) => string): void {
    for (const [memberName, member] of Object.entries(this.#contract.structures[name]?.members ?? {})) {
      const path = prefix(member) + pathName(memberName, member)
      const child = value[memberName]
      if (child !== undefined) this.#value(member.shape, child, path, member.sensitive === true)
      else if (member.required)
        this.violations.push(`Value null at '${path}' failed to satisfy constraint: Member must not be null`)
    }
  }

  #value(shape: Shape, value: unknown, path: string, sensitive: boolean): void {
    for (const rule of brokenRules(shape, value)) this.#report(value, path, rule, sensitive)
    if (shape.type === 'structure') this.structure(shape.of, fieldsOf(value), () => `${path}.`)
    if (shape.type === 'list' && Array.isArray(value)) this.#list(shape.item, value, path, sensitive)
    if (shape.type === 'map') {
      const { key, value: item } = shape
      if (Object.keys(fieldsOf(value)).some((name) => brokenRules(key, name).length > 0)) {
        this.#report(value, path, `Map keys must satisfy constraint: ${alternatives(key)}`, sensitive)
      }
      this.#map(item, fieldsOf(value), path, sensitive)
    }
  }

  /** Observed: plain items are reported at their list, structures at `path.1.member.name`. */
  #list(item: Shape, list: readonly unknown[], path: string, sensitive: boolean): void {
    if (isNested(item)) {
      for (const [index, value] of list.entries()) this.#value(item, value, `${path}.${index + 1}.member`, sensitive)
    } else if (list.some((value) => brokenRules(item, value).length > 0)) {
      this.#report(list, path, `Member must satisfy constraint: ${alternatives(item)}`, sensitive)
    }
  }

  #map(item: Shape, map: Readonly<Record<string, unknown>>, path: string, sensitive: boolean): void {
    if (isNested(item)) {
      for (const [key, value] of Object.entries(map)) this.#value(item, value, `${path}.${key}.member`, sensitive)
    } else if (Object.values(map).some((value) => brokenRules(item, value).length > 0)) {
      this.#report(map, path, `Map value must satisfy constraint: ${alternatives(item)}`, sensitive)
    }
  }

  #report(value: unknown, path: string, rule: string, sensitive: boolean): void {
    const shown = sensitive ? 'Value' : `Value '${print(value)}'`
    this.violations.push(`${shown} at '${path}' failed to satisfy constraint: ${rule}`)
  }
}

function pathName(name: string, { in: location, name: wireName }: Member): string {
  const shown = location === undefined ? (wireName ?? name) : name
  return shown.charAt(0).toLowerCase() + shown.slice(1)
}

function isNested({ type }: Shape): boolean {
  return type === 'structure' || type === 'list' || type === 'map'
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
