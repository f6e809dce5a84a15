import { expect, test } from "vitest";
import { conditionOf, type Filter, meets } from "./filter.ts";

const memo = { tenant: "a", year: 2024, ratio: 0.5, open: true, note: null, list: ["a"] };

test.each<[Filter, boolean]>([
  [{ key: "tenant", eq: "a" }, true],
  [{ key: "tenant", eq: "A" }, false],
  [{ key: "year", eq: "2024" }, false],
  [{ key: "note", eq: null }, true],
  [{ key: "missing", eq: null }, false],
  [{ key: "toString", eq: "x" }, false],
  [{ key: "list", eq: "a" }, false],
  [{ key: "tenant", in: ["b", "a"] }, true],
  [{ key: "year", gte: 2024, lt: 2025 }, true],
  [{ key: "year", gt: 2024 }, false],
  [{ key: "ratio", lte: 0.5 }, true],
  [{ key: "tenant", gt: 0 }, false],
  [{ not: { key: "missing", gt: 0 } }, true],
  [
    {
      and: [
        { key: "open", eq: true },
        { key: "year", gt: 2000 },
      ],
    },
    true,
  ],
  [
    {
      or: [
        { key: "open", eq: false },
        { key: "year", gt: 3000 },
      ],
    },
    false,
  ],
  [{ key: "key", eq: "eq" }, false],
])("%j", (filter, expected) => {
  expect(meets(conditionOf(filter), memo)).toBe(expected);
});

test("what decides itself is folded away", () => {
  const a: Filter = { key: "a", eq: 1 };
  expect(conditionOf(undefined)).toBe(true);
  expect(conditionOf({ key: "a", in: [] })).toBe(false);
  expect(conditionOf({ and: [] })).toBe(true);
  expect(conditionOf({ or: [] })).toBe(false);
  expect(conditionOf({ and: [a, { or: [] }] })).toBe(false);
  expect(conditionOf({ or: [a, { not: { or: [] } }] })).toBe(true);
  expect(conditionOf({ or: [a, { key: "a", in: [] }] })).toEqual(conditionOf(a));
});

test.each([
  null,
  "a = 1",
  [],
  {},
  { tenant: "a" },
  { key: "a" },
  { key: "a", eq: 1, gt: 2 },
  { key: "a", eq: {} },
  { key: "a", eq: Number.NaN },
  { key: "a", in: "abc" },
  { key: "a", like: "b" },
  { key: 1, eq: 1 },
  { and: { key: "a", eq: 1 } },
  { and: [undefined] },
  { not: undefined },
  { and: [], or: [] },
])("%j is not a filter", (wrong) => {
  expect(() => conditionOf(wrong)).toThrow(/not a filter/);
});
