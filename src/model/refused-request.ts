import type { LabError } from "../errors.ts";

/** A request that was refused as it stands, with what the server says of it. */
export class Refused extends Error {
  readonly status: number;
  readonly body: string;
  readonly error: LabError;

  constructor(status: number, body: string, error: LabError) {
    super(error.message);
    this.status = status;
    this.body = body;
    this.error = error;
  }
}
