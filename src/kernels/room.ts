/**
 * Hands out places in a block of memory, one after another; the same calls give the same places in
 * every thread.
 */
export class Room {
  #next: number;

  constructor(start = 0) {
    this.#next = start;
  }

  /** The address of room for so many 4-byte values. */
  take(values: number): number {
    const address = this.#next;
    this.#next += Math.ceil((values * 4) / 64) * 64;
    return address;
  }

  /** bytes handed out so far */
  get size(): number {
    return this.#next;
  }
}
