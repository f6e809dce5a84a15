import { expect, test } from "vitest";
import { packageFile } from "../package-file.ts";
import { makeMemory } from "./layout.ts";
import { shapeOf } from "./shape.ts";
import { COUNT, DONE, FORWARD, Team } from "./team.ts";

test("a thread that is woken for the command it has done does not do it again", async () => {
  const shape = shapeOf({ vocabulary: 300, layers: 1, width: 16 });
  const worker = packageFile("dist/training-worker.js");
  const team = await Team.open(shape, makeMemory(shape, "simd"), 2, worker);
  try {
    const { control } = team.layout;
    team.run(FORWARD);
    // Twice, for the second call finds it only when it has come back from the first.
    for (let time = 0; time < 2; time++) while (Atomics.notify(control, COUNT) === 0);
    while (Atomics.notify(control, COUNT) === 0);
    expect(Atomics.load(control, DONE)).toBe(1);
  } finally {
    await team.close();
  }
});
