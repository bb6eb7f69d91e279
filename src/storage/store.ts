/**
 * Names one kind of document and gives its type: JSON data only (dates as epoch milliseconds), replaced whole and never
 * mutated in place. Keys within a collection are `/`-joined ids such as
 * `{restApiId}/{resourceId}`, so that one prefix names a whole subtree; they sort by UTF-8 bytes.
 */
export interface Collection<D extends object> {
  readonly name: string
  /** Never set: carries the document type. */
  readonly document?: D
}

export function collection<D extends object>(name: string): Collection<D> {
  return { name }
}

/** Which slice of a collection `list` returns; all of it by default. */
export interface Range {
  /** Only keys that begin with this text. */
  readonly prefix?: string
  /** Only keys after this one. */
  readonly after?: string
  /** At most so many entries. */
  readonly limit?: number
}

export interface Entry<D> {
  readonly key: string
  readonly document: D
}

/** `scope` is `{account}/{region}`: the partition that keeps accounts and regions apart. */
export interface Reader {
  get<D extends object>(collection: Collection<D>, scope: string, key: string): Promise<D | undefined>
  /** In key order. */
  list<D extends object>(collection: Collection<D>, scope: string, range?: Range): Promise<Entry<D>[]>
  /** Every scope that holds a document of the collection. */
  scopes(collection: Collection<object>): Promise<string[]>
  /** Large immutable bytes by their name, such as a code package by its digest. */
  getBlob(name: string): Promise<Uint8Array | undefined>
}

export interface Transaction extends Reader {
  /** Creates or replaces. */
  put<D extends object>(collection: Collection<D>, scope: string, key: string, document: D): Promise<void>
  /** Creates; false, changing nothing, when the key is taken. */
  insert<D extends object>(collection: Collection<D>, scope: string, key: string, document: D): Promise<boolean>
  /** False when there was nothing to delete. */
  delete(collection: Collection<object>, scope: string, key: string): Promise<boolean>
  /** Deletes every key that begins with `prefix`. */
  deletePrefix(collection: Collection<object>, scope: string, prefix: string): Promise<void>
  /** Storing a name again changes nothing: equal names mean equal bytes. */
  putBlob(name: string, bytes: Uint8Array): Promise<void>
  deleteBlob(name: string): Promise<void>
  /** Appends a revision: tells every follower, once the transaction is durable, that what it serves has changed. */
  revise(topic: string, scope: string, key: string): Promise<void>
}

/** One change that the data plane must follow. Ids rise by commit order. */
export interface Revision {
  readonly id: number
  readonly topic: string
  readonly scope: string
  readonly key: string
}

/** A storage engine. The conformance suite in `conformance.ts` holds for each. */
export interface Store {
  /** Runs `work` on one consistent state. */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>
  /**
   * Runs `work` alone: transactions are serialized. Resolves when its changes are durable; if `work` throws, nothing of
   * it remains. `work` must not wait for anything but its transaction.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  /** Calls back, in order, for each revision committed from now on, before the `write` that made it resolves. */
  onRevision(listener: (revision: Revision) => void): void
  /** Waits for running work; later calls are refused. */
  close(): Promise<void>
}
