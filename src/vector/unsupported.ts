import { LabError } from "../errors.ts";

/** A store cannot do this, but another store can. */
export class Unsupported extends LabError {
  constructor(store: string, what: string) {
    super(
      `The store ${store} cannot ${what}`,
      "docs/stores.md shows which store can; choose it with --store.",
      2,
    );
  }
}
