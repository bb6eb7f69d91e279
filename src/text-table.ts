interface Entry<T> {
  readonly text: string
  value: T
  readonly next: Entry<T> | undefined
}

/**
 * Values by text, to be asked for texts that mostly come once, such as the paths of calls. A `Map` would enter each of them in the
 * table of all names of the program, among objects that are collected last.
 */
export class TextTable<T> {
  private places: (Entry<T> | undefined)[] = [undefined]
  private count = 0

  /** How many texts have values. */
  get size(): number {
    return this.count
  }

  get(text: string): T | undefined {
    return this.entryOf(text)?.value
  }

  set(text: string, value: T): void {
    const known = this.entryOf(text)
    if (known) {
      known.value = value
      return
    }
    if (this.count === this.places.length) this.grow()
    this.count++
    this.enter(text, value)
  }

  private entryOf(text: string): Entry<T> | undefined {
    let entry = this.places[this.placeOf(text)]
    while (entry && entry.text !== text) entry = entry.next
    return entry
  }

  private enter(text: string, value: T): void {
    const place = this.placeOf(text)
    this.places[place] = { text, value, next: this.places[place] }
  }

  private grow(): void {
    const before = this.places
    this.places = Array.from({ length: before.length * 2 })
    for (const first of before) for (let entry = first; entry; entry = entry.next) this.enter(entry.text, entry.value)
  }

  /** FNV-1a, its upper half mixed into the lower one. There is a power of two of places. */
  private placeOf(text: string): number {
    let hash = 0x811c9dc5
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
    return (hash ^ (hash >>> 16)) & (this.places.length - 1)
  }
}
