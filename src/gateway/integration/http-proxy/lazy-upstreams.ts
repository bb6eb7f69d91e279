import { type Dispatch, type Upstreams, upstreams } from './upstreams.ts'

export interface LazyUpstreams extends Upstreams {
  /** To be awaited before the first `dispatch`: loads the HTTP client. */
  ready(): Promise<void>
}

/** Upstreams whose HTTP client is loaded when the first stage needs one: many gateways never do. */
export function lazyUpstreams(): LazyUpstreams {
  let loaded: Upstreams | undefined
  const dispatch: Dispatch = (origin, options, handler) => {
    if (!loaded) throw new Error('The HTTP client is not loaded')
    loaded.dispatch(origin, options, handler)
  }
  return {
    dispatch,
    async ready() {
      if (loaded) return
      const { default: Pool } = await import('undici/lib/dispatcher/pool.js')
      loaded ??= upstreams((origin) => new Pool(origin, { allowH2: false, headersTimeout: 0, maxHeaderSize: 65_536 }))
    },
    close: async () => loaded?.close(),
  }
}
