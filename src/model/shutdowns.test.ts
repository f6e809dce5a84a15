import { describe, expect, test } from "vitest";
import { dayOf, SHUTDOWNS, shutdownOf, warningOf } from "./shutdowns.ts";

const warned = (model: string, today: string, told?: string | null) =>
  warningOf(shutdownOf(model, today, told));

describe("a model that is shut down", () => {
  test.each([
    ["gpt-4o-mini", "2026-11-15", "gpt-4o-mini will be shut down on 2027-01-14, in 60 days"],
    ["gpt-4o-mini", "2027-01-13", "gpt-4o-mini will be shut down on 2027-01-14, in 1 day;"],
    ["gpt-4o-mini", "2027-01-14", "gpt-4o-mini was shut down on 2027-01-14"],
    ["gpt-4", "2026-11-26", "gpt-4 was shut down on 2026-10-23"],
    ["openai/gpt-5-nano", "2026-11-26", "openai/gpt-5-nano will be shut down on 2026-12-11"],
    ["gpt-5-2025-08-07", "2026-11-26", "gpt-5-2025-08-07 will be shut down on 2026-12-11"],
    ["gpt-4o-2024-05-13", "2026-11-26", "gpt-4o-2024-05-13 was shut down on 2026-10-23"],
    ["ft:gpt-4o-mini:org::id", "2026-12-26", "in 19 days; its provider names gpt-6-luna"],
    ["davinci-002", "2026-11-26", "davinci-002 was shut down on 2026-09-28"],
  ])("%s on %s", (model, today, sentence) => {
    expect(warned(model, today)).toContain(sentence);
  });

  test("is worth no word long before", () => {
    expect(warned("gpt-4o-mini", "2026-11-14")).toBeUndefined();
    expect(warned("gpt-6-luna", "2030-01-01")).toBeUndefined();
    expect(warned("llama3.2", "2030-01-01")).toBeUndefined();
  });

  test("the endpoint's own date weighs more than the table, and so does its saying none", () => {
    expect(warned("gpt-4o", "2027-01-20", "2027-02-01")).toContain("on 2027-02-01, in 12 days");
    expect(warned("gpt-4o", "2027-01-20", null)).toBeUndefined();
    expect(warned("gpt-9", "2027-01-20", "2027-01-19")).toBe("gpt-9 was shut down on 2027-01-19");
    expect(warned("gpt-4o", "2027-01-20", "soon")).toContain("was shut down on 2027-01-14");
  });
});

test("every row has a date, a source, and a model that stands in no other row", () => {
  const models = SHUTDOWNS.flatMap((row) => row.models);
  expect(new Set(models).size).toBe(models.length);
  for (const { date, source, read } of SHUTDOWNS) {
    expect(dayOf(new Date(date))).toBe(date);
    expect(source).toMatch(/^https:/);
    expect(read).toMatch(/^\d{4}-\d\d$/);
  }
});
