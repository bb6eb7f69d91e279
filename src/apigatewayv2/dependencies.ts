import type { Dependencies } from '../apigateway/dependencies.ts'

/** What the operations of HTTP and WebSocket APIs need from outside. */
export type HttpDependencies = Pick<Dependencies, 'store' | 'now' | 'newId'>
