/** A part of an API that a document has no words for. */
export class NotExportable extends Error {
  override readonly name = 'NotExportable'
}
