import type { Config } from './settings.ts'

/** How integrations reach their backends: the settings that the data plane needs for it. */
export type BackendSettings = Pick<Config, 'serviceEndpoints' | 'roles' | 'backendCaFile' | 'vpcLinkTargets'>

/** Of a configuration. */
export function backendSettings({ serviceEndpoints, roles, backendCaFile, vpcLinkTargets }: Config): BackendSettings {
  return { serviceEndpoints, roles, backendCaFile, vpcLinkTargets }
}
