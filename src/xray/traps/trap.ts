import type { Call } from "../calls.ts";

/** Something in a program's calls that costs money, or will break it one day. */
export interface Trap {
  name: string;
  /** the command that explains it: a lesson, or a topic of the handbook */
  read: string;
  /**
   * Looks whether it shows at a call, and says what it saw, with figures. A rule that is not sure
   * says nothing.
   *
   * @param before the calls that began before this one, oldest first
   */
  find(call: Call, before: readonly Call[]): string | undefined;
}
