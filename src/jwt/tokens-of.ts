import type { Claims, TokenVerifier, TokenVerifierOptions } from './token-verifier.ts'

/** Verifies the tokens of known issuers. What does so is loaded with the first token: most gateways never see one. */
export function tokensOf(options: TokenVerifierOptions): TokenVerifier {
  let loaded: TokenVerifier | undefined
  async function load(token: string): Promise<Claims> {
    const { tokenVerifier } = await import('./token-verifier.ts')
    loaded ??= tokenVerifier(options)
    return loaded.verify(token)
  }
  return { verify: (token) => (loaded ? loaded.verify(token) : load(token)) }
}
