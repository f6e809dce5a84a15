import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sectionsOn } from "../../src/guide/sections.ts";
import { findTopic } from "../../src/offline/topics.ts";

interface Case {
  topic: string;
  passage: string;
  /** sections that are named, and others that may be; all else is wrong */
  must: string[];
  may: string[];
  /** whether it was kept aside while the rules were made */
  kept: boolean;
}

const cases: Case[] = JSON.parse(readFileSync(new URL("cases.json", import.meta.url), "utf8"));
const MOST = 3;

const isOf = (id: string, names: string[]) =>
  names.some((name) => name === id || (name.endsWith("/*") && id.startsWith(name.slice(0, -1))));

test.each(cases)("$topic", ({ topic, passage, must, may }) => {
  const [found] = findTopic(topic).passages;
  const all = sectionsOn(found!).map(({ id }) => id);
  expect.soft(found?.id).toBe(passage);
  expect.soft(must.filter((id) => !all.slice(0, MOST).includes(id))).toEqual([]);
  expect.soft(all.filter((id) => !isOf(id, [...must, ...may]))).toEqual([]);
});
