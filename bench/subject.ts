import type { Pace, Row } from './turns.ts'

/** One comparison of the benchmark. */
export interface Subject {
  /** What `--only` takes. */
  readonly name: string
  readonly title: string
  /** What is compared with what, in a sentence or two. */
  readonly method: string
  run(pace: Pace): Promise<Findings>
}

/** What a subject found. */
export interface Findings {
  /** Calls under load. */
  readonly rows: readonly Row[]
  /** Figures that are not calls: times to start, memory. */
  readonly figures: readonly Figure[]
  readonly targets: readonly Target[]
}

export interface Figure {
  readonly name: string
  /** With its unit. */
  readonly value: string
}

/** A promise of the project, beside what was measured. */
export interface Target {
  readonly promise: string
  readonly measured: string
  readonly met: boolean
}
