import { expect, test } from "vitest";
import { fuse } from "./fuse.ts";

test("what stands well in both lists comes before what is first in one", () => {
  const fused = fuse(
    [
      ["a", "b", "c"],
      ["d", "b"],
    ],
    (item) => item,
  );
  expect(fused.map(({ item }) => item)).toEqual(["b", "a", "d", "c"]);
  expect(fused[0]?.score).toBeCloseTo(2 / 62);
  expect(fuse([], String)).toEqual([]);
});
