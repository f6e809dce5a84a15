const LONGEST_TITLE = 120;

/** The headings that a place in a file stands under. */
export class Outline {
  readonly #above: { level: number; title: string }[] = [];

  /** Goes on below a heading; it ends those of its own level and further in. */
  enter(level: number, title: string): void {
    while ((this.#above.at(-1)?.level ?? 0) >= level) this.#above.pop();
    const characters = [
      ...title
        .slice(0, 8 * LONGEST_TITLE)
        .replace(/\s+/g, " ")
        .trim(),
    ];
    this.#above.push({ level, title: characters.slice(0, LONGEST_TITLE).join("").trim() });
  }

  /** The titles, the outermost first. */
  get heading(): string {
    return this.#above
      .map(({ title }) => title)
      .filter((title) => title !== "")
      .join(" › ");
  }
}
