import type { Reader, Transaction } from '../../storage/store.ts'
import { scopeOf } from '../../wire/operation.ts'
import { applyPatch, type PatchTable, strictPaths } from '../../wire/patch-operations.ts'
import { optionalText } from '../../wire/patch-rules.ts'
import type { Dependencies } from '../dependencies.ts'
import { insertTopLevel } from '../insert-top-level.ts'
import type { RestOperations } from '../operations.ts'
import { byCreation, page } from '../paging.ts'
import { badRequest, limitExceeded } from '../refusal.ts'
import { stages } from '../stage/stage.ts'
import { checkedTags } from '../tag/tags.ts'
import {
  type ClientCertificateRecord,
  clientCertificates,
  presentClientCertificate,
  requireClientCertificate,
} from './client-certificate.ts'

/** Documented: certificates of one account and region. */
const maxCertificates = 60

/** What `UpdateClientCertificate` accepts. */
const clientCertificatePatch: PatchTable<ClientCertificateRecord> = {
  refuse: strictPaths,
  rules: [optionalText('/description', 'description')],
}

/** The certificates that stages show to HTTP backends. */
export function clientCertificateOperations({ store, now, newId, cipher, generateCertificate }: Dependencies) {
  return {
    async GenerateClientCertificate({ description, tags }, caller) {
      const scope = scopeOf(caller)
      const checked = checkedTags(tags)
      await store.read((reader) => refuseTooMany(reader, scope))
      const createdDate = now()
      const { certificate, privateKey, expirationDate } = await generateCertificate(createdDate)
      const draft = {
        ...(description && { description }),
        pemEncodedCertificate: certificate,
        sealedPrivateKey: cipher.seal(privateKey),
        createdDate: createdDate.getTime(),
        expirationDate: expirationDate.getTime(),
        tags: checked,
      }
      return store.write(async (transaction) => {
        await refuseTooMany(transaction, scope)
        const draw = () => ({ ...draft, id: newId(6) })
        return presentClientCertificate(await insertTopLevel(transaction, clientCertificates, scope, draw))
      })
    },

    async GetClientCertificate({ clientCertificateId }, caller) {
      return store.read(async (reader) =>
        presentClientCertificate(await requireClientCertificate(reader, scopeOf(caller), clientCertificateId)),
      )
    },

    async GetClientCertificates(request, caller) {
      const entries = await store.read((reader) => reader.list(clientCertificates, scopeOf(caller)))
      const found = entries.map(({ document }) => document)
      const { items, ...rest } = page(found, byCreation, request)
      return { items: items.map(presentClientCertificate), ...rest }
    },

    async UpdateClientCertificate({ clientCertificateId, patchOperations }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const stored = await requireClientCertificate(transaction, scope, clientCertificateId)
        const certificate = applyPatch(clientCertificatePatch, stored, patchOperations)
        await transaction.put(clientCertificates, scope, clientCertificateId, certificate)
        return presentClientCertificate(certificate)
      })
    },

    async DeleteClientCertificate({ clientCertificateId }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        await requireClientCertificate(transaction, scope, clientCertificateId)
        await refuseInUse(transaction, scope, clientCertificateId)
        await transaction.delete(clientCertificates, scope, clientCertificateId)
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}

async function refuseTooMany(reader: Reader, scope: string): Promise<void> {
  const { length } = await reader.list(clientCertificates, scope)
  if (length >= maxCertificates) throw limitExceeded('Client certificates limit exceeded')
}

async function refuseInUse(transaction: Transaction, scope: string, id: string): Promise<void> {
  const all = await transaction.list(stages, scope)
  const using = all
    .filter(({ document }) => document.clientCertificateId === id)
    .map(({ key }) => key.replace('/', ':'))
  if (using.length > 0) {
    throw badRequest(`Cannot delete client certificate '${id}', is referenced in stages: ${using.join(', ')}`)
  }
}
