/** The pool alone: the whole package would cost every data-plane thread 10 MB and 50 ms more. */
declare module 'undici/lib/dispatcher/pool.js' {
  import { Pool } from 'undici'
  export default Pool
}
