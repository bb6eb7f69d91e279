/** What a stage identifies itself with to HTTPS backends. Never stored in this form: the key is sealed in the store. */
export interface ClientCertificate {
  readonly clientCertificateId: string
  /** PEM. */
  readonly certificate: string
  /** PEM, PKCS #8. */
  readonly privateKey: string
}
