/** What is found may be a whole prompt. */
const MOST_LETTERS = 300;

/** What was checked, printed as it is found; faults are kept for the end. */
export class Results {
  /** a sentence each: page, view, what was found */
  faults = [];
  #page = "";

  /** Begins a page or a scene of one. */
  begin(page, about = "") {
    this.#page = page;
    console.log(`\n${page}${about && ` · ${about}`}`);
  }

  /**
   * One row of a page.
   *
   * @param view such as "390 dark"
   * @param facts what holds, and what was measured
   * @param faults what does not hold
   */
  row(view, facts, faults = []) {
    const found = faults.length === 0 ? "ok  " : "FAIL";
    console.log(`  ${found} ${view.padEnd(16)} ${[...facts, ...faults].join(" · ")}`);
    this.faults.push(...faults.map((fault) => `${this.#page}, ${view}: ${fault}`));
  }

  /** A row of one fact, and what was found where it does not hold. */
  hold(view, what, isTrue, found = "") {
    const instead = found.replace(/\s+/g, " ").trim().slice(0, MOST_LETTERS);
    const fault = `not so: ${what}${instead && `; found: ${instead}`}`;
    this.row(view, isTrue ? [what] : [], isTrue ? [] : [fault]);
  }
}
