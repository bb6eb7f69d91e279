import type { Log } from '../log.ts'
import type { Codec, Match, ParsedRequest, WireError } from './codec.ts'
import { codecs } from './codecs.ts'
import { validationMessage, violationsOf } from './constraints.ts'
import type { Contract } from './contract.ts'
import { type Credential, credentialOf } from './credential.ts'
import { detectService, protocolOf } from './detect.ts'
import type { Guard, Signer } from './guard.ts'
import type { WireRequest, WireResponse } from './message.ts'
import type { Caller, Operation, RequestOrigin } from './operation.ts'
import { plainError } from './plain-error.ts'
import { ServiceError } from './service-error.ts'
import { type ServiceStyle, styleOf } from './service-style.ts'

/** A service's contract and the operations that are built; the others answer 501. */
export interface Service {
  readonly contract: Contract
  readonly operations: Partial<Readonly<Record<string, Operation>>>
}

export interface WireOptions {
  readonly services: readonly Service[]
  /** Region of requests whose credential names none. */
  readonly region: string
  /** Account of requests whose access key id is not itself an account, nor one that `accountOf` knows. */
  readonly account: string
  /** The account of an access key that was given out; all are unknown by default. */
  readonly accountOf?: (accessKeyId: string) => Promise<string | undefined>
  /** Verifies and authorizes every call. Absent: any access key may do everything. */
  readonly guard?: Guard
  /** Answers a fresh UUID. */
  readonly newRequestId: () => string
  /** Gets what no caller may see: bugs, with their request's id. */
  readonly log: Pick<Log, 'error'>
}

interface BoundService extends Service {
  readonly style: ServiceStyle
  readonly codec: Codec
  match(request: ParsedRequest): Match | undefined
}

/**
 * Builds the one entrance of every AWS client: it finds service and operation, decodes and checks the input, runs the
 * operation, and encodes its output or error. It never rejects.
 *
 * Region and account: the region is that of the credential's scope. An access key that was given out works in its own
 * account; one of twelve digits is taken as the account id, as local emulators do; every other caller works in the
 * configured account. Behind a guard, callers are who they prove to be.
 */
export function createWire(options: WireOptions): (request: WireRequest) => Promise<WireResponse> {
  const services = options.services.map(bind)
  return async (request) => {
    const requestId = options.newRequestId()
    const answer = await new Exchange(options, services, parse(request), {
      requestId,
      origin: originOf(request),
      received: request,
    }).answer()
    return { ...answer, headers: { 'x-amzn-RequestId': requestId, ...answer.headers } }
  }
}

function bind(service: Service): BoundService {
  const [codec] = service.contract.protocols.flatMap((protocol) => codecs[protocol]?.(service.contract) ?? [])
  if (!codec) throw new Error(`no protocol of ${service.contract.service} is built`)
  for (const name of Object.keys(service.operations)) assertAnswerable(service.contract, name)
  return { ...service, style: styleOf(service.contract.service), codec, match: codec.match }
}

/** @throws {Error} for a handler of no operation of the model, and of one that answers with an event stream. */
function assertAnswerable({ service, operations, structures }: Contract, name: string): void {
  const operation = operations[name]
  if (!operation) throw new Error(`${service} has no operation ${name}`)
  for (const { in: location, shape } of Object.values(structures[operation.output ?? '']?.members ?? {})) {
    const streams = location === 'payload' && shape.type === 'structure' && structures[shape.of]?.union
    if (streams) throw new Error(`${name} of ${service} answers with an event stream, which is not built`)
  }
}

function parse({ method, target, headers, body }: WireRequest): ParsedRequest {
  const queryAt = target.indexOf('?')
  const path = queryAt === -1 ? target : target.slice(0, queryAt)
  return { method, path, query: new URLSearchParams(queryAt === -1 ? '' : target.slice(queryAt + 1)), headers, body }
}

function originOf({ remoteAddress, headers }: WireRequest): RequestOrigin {
  const userAgent = headers['user-agent']
  return { sourceIp: remoteAddress, ...(userAgent !== undefined && { userAgent }) }
}

/** One request on its way through the layer. */
class Exchange {
  readonly #options: WireOptions
  readonly #services: readonly BoundService[]
  readonly #request: ParsedRequest
  readonly #requestId: string
  readonly #origin: RequestOrigin
  readonly #received: WireRequest

  constructor(
    options: WireOptions,
    services: readonly BoundService[],
    request: ParsedRequest,
    {
      requestId,
      origin,
      received,
    }: Required<Pick<Caller, 'requestId' | 'origin'>> & { readonly received: WireRequest },
  ) {
    this.#options = options
    this.#services = services
    this.#request = request
    this.#requestId = requestId
    this.#origin = origin
    this.#received = received
  }

  async answer(): Promise<WireResponse> {
    const protocol = protocolOf(this.#request)
    const credential = credentialOf(this.#request)
    const found = detectService(this.#services, this.#request, credential)
    const fail = (error: ServiceError) => plainError(protocol, toWireError(error, undefined))
    if (found && 'unknown' in found) return fail(notImplemented(`The service ${found.unknown}`))
    if (!(protocol in codecs)) return fail(notImplemented(`The protocol ${protocol}`))
    if (!found) return fail(styleOf(protocol === 'awsQuery' ? 'sts' : 'apigateway').unknownRoute(this.#request))
    return this.#serve(found.service, credential)
  }

  async #serve(service: BoundService, credential: Credential | undefined): Promise<WireResponse> {
    const { codec, contract, style } = service
    const match = codec.match(this.#request)
    try {
      const signer = this.#options.guard?.identify(this.#received, contract, match?.name)
      const caller = await this.#caller(credential, signer)
      if (!match) throw style.unknownRoute(this.#request)
      return withBlobType(style, codec.encode(match, await this.#run(service, match, caller, signer), this.#requestId))
    } catch (error) {
      if (error instanceof ServiceError) return codec.encodeError(toWireError(error, contract), this.#requestId)
      const operation = match?.name
      const { service } = contract
      this.#options.log.error('An operation failed', { error, requestId: this.#requestId, service, operation })
      const bug = { code: style.internalCode, status: 500, message: internalMessage, members: {} }
      return codec.encodeError(bug, this.#requestId)
    }
  }

  async #run(
    { contract, operations, codec, style }: BoundService,
    match: Match,
    caller: Caller,
    signer: Signer | undefined,
  ): Promise<unknown> {
    const operation = operations[match.name]
    if (!operation) throw notImplemented(`The operation ${match.name} of ${contract.service}`)
    const input = codec.decode(match, this.#request)
    if (signer) {
      const call = { contract, operation: match.name, request: this.#received, input, caller }
      await this.#options.guard?.authorize(signer, call)
    }
    const prefix = style.namesInput ? `${match.name.charAt(0).toLowerCase()}${match.name.slice(1)}Input.` : ''
    const violations = violationsOf(contract, match.operation.input ?? '', input, prefix)
    const [violation] = violations
    if (violation !== undefined) {
      throw new ServiceError(style.validationCode, style.ownWords?.(violation) ?? validationMessage(violations))
    }
    // The input has the operation's own shape now: it was decoded and checked by the model that its type comes from.
    return operation(input as never, caller)
  }

  async #caller(credential: Credential | undefined, signer: Signer | undefined): Promise<Caller> {
    const { region = this.#options.region, accessKeyId } = credential ?? {}
    if (!/^[a-z0-9-]{1,64}$/.test(region)) {
      throw new ServiceError('InvalidSignatureException', 'Credential should be scoped to a valid region.', {
        status: 403,
      })
    }
    const account = signer?.account ?? (await this.#accountOf(accessKeyId))
    const identified = { account, region, requestId: this.#requestId, origin: this.#origin }
    return {
      ...identified,
      ...(accessKeyId !== undefined && { accessKeyId }),
      ...(signer && { verifiedAs: signer.verifiedAs }),
    }
  }

  async #accountOf(accessKeyId: string | undefined): Promise<string> {
    if (accessKeyId === undefined) return this.#options.account
    if (/^\d{12}$/.test(accessKeyId)) return accessKeyId
    return (await this.#options.accountOf?.(accessKeyId)) ?? this.#options.account
  }
}

const internalMessage = 'The request processing has failed because of an unknown error, exception or failure.'

function notImplemented(what: string): ServiceError {
  return new ServiceError('NotImplementedException', `${what} is not implemented.`, { status: 501 })
}

/** An error's status is the model's; a code outside the model says its own, or is a 400. */
function toWireError({ code, message, members, status }: ServiceError, contract: Contract | undefined): WireError {
  const modelled = contract?.structures[code]?.error?.status
  return { code, message, members, status: modelled ?? status ?? 400 }
}

function withBlobType({ blobType }: ServiceStyle, response: WireResponse): WireResponse {
  if (response.headers['Content-Type'] !== 'application/octet-stream') return response
  return { ...response, headers: { ...response.headers, 'Content-Type': blobType } }
}
