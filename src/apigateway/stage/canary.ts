import type { PatchOperation, PatchRule } from '../../wire/patch-operations.ts'
import { parseNumber, without } from '../../wire/patch-rules.ts'
import { badRequest } from '../refusal.ts'
import type { CanaryRecord, StageRecord } from './stage.ts'

/** Observed text for a promotion that leads from or to anywhere else. */
export function invalidCopy({ path, from }: PatchOperation): string {
  return (
    `Invalid copy operation with path: ${path ?? 'null'} and from ${from ?? 'null'}. ` +
    'Valid copy:path are [/deploymentId, /variables] and valid copy:from are ' +
    '[/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]'
  )
}

/** Fills in what the canary of a stage leaves open (observed). */
export function withCanaryDefaults(stage: StageRecord): StageRecord {
  const { canarySettings, deploymentId } = stage
  if (!canarySettings) return stage
  return { ...stage, canarySettings: { percentTraffic: 0, useStageCache: false, deploymentId, ...canarySettings } }
}

/** The rows for a stage's canary: its settings, its end, and its promotion. A first `replace` creates it. */
export const canaryRules: readonly PatchRule<StageRecord>[] = [
  setting('percentTraffic', (value = '') => ({
    percentTraffic: parseNumber(value, `Invalid percentTraffic: ${value}`),
  })),
  setting('useStageCache', (value = '') => ({ useStageCache: value.toLowerCase() === 'true' })),
  {
    ...setting('deploymentId', (deploymentId = '') => ({ deploymentId })),
    refuse: ({ op }) => `Invalid ${op} operation with path: /canarySettings/deploymentId`,
  },
  override(),
  { path: '/canarySettings', remove: (stage) => without(stage, 'canarySettings') },
  promotion('/deploymentId', '/canarySettings/deploymentId', (stage, { deploymentId }) => ({
    ...stage,
    deploymentId: deploymentId ?? stage.deploymentId,
  })),
  promotion('/variables', '/canarySettings/stageVariableOverrides', (stage, { stageVariableOverrides = {} }) => ({
    ...stage,
    variables: { ...stage.variables, ...stageVariableOverrides },
  })),
]

function setting(member: string, parse: (value: string | undefined) => CanaryRecord): PatchRule<StageRecord> {
  return {
    path: `/canarySettings/${member}`,
    replace: (stage, { value }) => withCanary(stage, parse(value)),
  }
}

function override(): PatchRule<StageRecord> {
  const set: PatchRule<StageRecord>['replace'] = (stage, { value = '' }, name: string) =>
    withCanary(stage, { stageVariableOverrides: { ...overridesOf(stage), [name]: value } })
  return {
    path: '/canarySettings/stageVariableOverrides/{name}',
    add: set,
    replace: set,
    remove: (stage, _, name: string) =>
      withCanary(stage, { stageVariableOverrides: without(overridesOf(stage), name) }),
  }
}

function promotion(
  path: string,
  source: string,
  promote: (stage: StageRecord, canary: CanaryRecord) => StageRecord,
): PatchRule<StageRecord> {
  return {
    path,
    copy: (stage, operation) => {
      if (operation.from !== source) throw badRequest(invalidCopy(operation))
      if (!stage.canarySettings) throw badRequest('Promotion not available. Canary does not exist.')
      return promote(stage, stage.canarySettings)
    },
  }
}

function withCanary(stage: StageRecord, change: CanaryRecord): StageRecord {
  return { ...stage, canarySettings: { ...stage.canarySettings, ...change } }
}

function overridesOf({ canarySettings }: StageRecord): Record<string, string> {
  return canarySettings?.stageVariableOverrides ?? {}
}
