/** By name: what an instance of a Cloud Map service is known by. */
export type InstanceAttributes = Readonly<Record<string, string>>

/** What an integration names: a target, and for a Cloud Map service which of its instances. */
export interface Discovery {
  /** ARN. */
  readonly target: string
  readonly attributes?: InstanceAttributes
}

/** Takes `arn:…:service/srv-1?stage=prod&deployment=green` apart (documented). */
export function discoveryOf(uri: string): Discovery {
  const question = uri.indexOf('?')
  if (question < 0) return { target: uri }
  const attributes = Object.fromEntries(new URLSearchParams(uri.slice(question + 1)))
  return { target: uri.slice(0, question), attributes }
}

/** Whether an instance has every attribute that is asked for, with just that value. */
export function hasAttributes(instance: InstanceAttributes, asked: InstanceAttributes): boolean {
  return Object.entries(asked).every(([name, value]) => Object.hasOwn(instance, name) && instance[name] === value)
}
