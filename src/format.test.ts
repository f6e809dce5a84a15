import { expect, test } from "vitest";
import {
  countOf,
  formatCount,
  formatDollars,
  formatDuration,
  formatPercent,
  formatSeconds,
  formatValue,
} from "./format.ts";

test("figures are written as people write them", () => {
  expect([0, 999.6, 1234567].map(formatCount)).toEqual(["0", "1,000", "1,234,567"]);
  expect([0, 1, 2000].map((count) => countOf(count, "file"))).toEqual([
    "0 files",
    "1 file",
    "2,000 files",
  ]);
  expect(countOf(2, "reply", "replies")).toBe("2 replies");
  expect([formatPercent(0.256), formatPercent(0.256, 1)]).toEqual(["26 %", "25.6 %"]);
  expect([0.0000123, 0.0628, 2.11].map(formatDollars)).toEqual(["$0.000012", "$0.0628", "$2.1100"]);
  expect([12, 1234, 14_230, 125_400].map(formatDuration)).toEqual([
    "12 ms",
    "1.2 s",
    "14 s",
    "2 min 5 s",
  ]);
  expect([400, 5100, 60_000].map(formatSeconds)).toEqual(["0 s", "5 s", "1 min 0 s"]);
});

test("values are written as people type them", () => {
  expect([true, false, 0.5, "a b"].map(formatValue)).toEqual(["yes", "no", "0.5", "a b"]);
});
