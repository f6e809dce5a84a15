import { LabError } from "../errors.ts";

/** What a store cannot do, by its nature: no fault of the user's, and another store can. */
export class Unsupported extends LabError {
  constructor(store: string, what: string) {
    super(
      `The store ${store} cannot ${what}`,
      "docs/stores.md shows which store can; choose it with --store.",
      2,
    );
  }
}
