import { expect, test } from "vitest";
import { untilAborted } from "./until-aborted.ts";

test("a promise that fails after an abort is nobody's fault", async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  try {
    let fail = (_reason: Error) => {};
    const work = new Promise<never>((_, reject) => {
      fail = reject;
    });
    const waiting = untilAborted(work, AbortSignal.abort(new Error("interrupted")));
    await expect(waiting).rejects.toThrow("interrupted");
    fail(new Error("late"));
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(unhandled).toEqual([]);
  } finally {
    process.off("unhandledRejection", note);
  }
});
