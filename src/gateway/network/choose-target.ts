import type { Target } from './target.ts'

/**
 * Chooses among targets: of the usable ones those with the fewest calls outstanding, in turns. With none usable every
 * target is as good as another: a wrong health check must not take all of them out.
 */
export function targetChooser(
  targets: readonly Target[],
): (now: number, tried: ReadonlySet<Target>) => Target | undefined {
  let turn = 0
  return (now, tried) => {
    const untried = tried.size === 0 ? targets : targets.filter((target) => !tried.has(target))
    const anyUsable = untried.some((target) => target.isUsable(now))
    let best: Target | undefined
    for (let i = 0; i < untried.length; i++) {
      const target = untried[(turn + i) % untried.length]
      if (!target || (anyUsable && !target.isUsable(now))) continue
      if (!best || target.outstanding < best.outstanding) best = target
    }
    turn++
    return best
  }
}
