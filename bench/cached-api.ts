import { type Gatehouse, invokeTarget, stageName } from './gatehouse.ts'
import type { LoadTarget } from './load.ts'
import { connectTo } from './management.ts'

/** Deploys `GET /items/{id}`, passed on to `uri`; with a cache size, the stage keeps an answer for each id. */
export async function deployItems(gatehouse: Gatehouse, uri: string, cacheClusterSize?: string): Promise<LoadTarget> {
  await using management = connectTo(gatehouse)
  const { call } = management
  const { id, rootResourceId } = await call('POST', '/restapis', { name: 'items' })
  const api = `/restapis/${id}`
  const items = await call('POST', `${api}/resources/${rootResourceId}`, { pathPart: 'items' })
  const item = await call('POST', `${api}/resources/${items['id']}`, { pathPart: '{id}' })
  const method = `${api}/resources/${item['id']}/methods/GET`
  const requestParameters = { 'method.request.path.id': true }
  await call('PUT', method, { authorizationType: 'NONE', requestParameters })
  const cacheKeyParameters = ['method.request.path.id']
  await call('PUT', `${method}/integration`, { type: 'HTTP_PROXY', httpMethod: 'GET', uri, cacheKeyParameters })
  const cache = cacheClusterSize === undefined ? {} : { cacheClusterEnabled: true, cacheClusterSize }
  await call('POST', `${api}/deployments`, { stageName, ...cache })
  return invokeTarget(gatehouse.port, String(id), '/items/1')
}
