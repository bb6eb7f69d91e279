import { readParameter, removeParameter, writeParameter } from '../runtime/macro-frame.ts'
import type { Names } from '../runtime/names.ts'
import type { Variable } from '../runtime/variable.ts'

/** A variable's place; or, for the name of a macro's parameter, the call that it stands for something in. */
export function variableOf(names: Names, name: string): Variable {
  const slot = names.slot(name)
  if (names.parameters.has(name)) {
    return {
      slot: undefined,
      read: (rendering) => readParameter(rendering, name, slot),
      write: (rendering, value) => writeParameter(rendering, name, slot, value),
      remove: (rendering) => removeParameter(rendering, name, slot),
    }
  }
  return {
    slot,
    read: (rendering) => rendering.slots[slot] ?? null,
    write: (rendering, value) => {
      rendering.slots[slot] = value
    },
    remove: (rendering) => {
      rendering.slots[slot] = null
    },
  }
}
