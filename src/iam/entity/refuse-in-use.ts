import { deleteConflict } from '../refusal.ts'
import type { EntityRecord } from './entity.ts'

/** @throws {ServiceError} `DeleteConflict` while an entity has policies. */
export function refusePolicies({ attachedPolicies, inlinePolicies }: EntityRecord): void {
  if (attachedPolicies.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.')
  if (Object.keys(inlinePolicies).length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.')
}
