import type { Target } from '../../../parameter-mapping/target.ts'

/** What happens to a parameter of a name. */
export type Change = Pick<Target, 'action' | 'name'>
