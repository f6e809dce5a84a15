import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AIMessage } from "@langchain/core/messages";
import { fakeModel } from "@langchain/core/testing";
import { afterAll, expect, test } from "vitest";
import { Scratch } from "../../lesson/scratch.ts";
import { connectOffline } from "../../run/offline.ts";
import type { LabEvent } from "../../trace/events.ts";
import { endpoints } from "./kit.ts";

const folder = mkdtempSync(join(tmpdir(), "llm-lab-endpoints-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function opened() {
  const events: LabEvent[] = [];
  const emit = (event: LabEvent) => void events.push(event);
  const countTokens = (text: string) => text.length;
  const { models, recorder } = connectOffline({ emit, countTokens });
  const make = await endpoints.open({});
  const tools = make({ models, emit, scratch: new Scratch(), now: () => 0 });
  const calls = () => events.flatMap((event) => (event.type === "call-end" ? [event.text] : []));
  return { models, recorder, tools, events, calls };
}

test("what an endpoint of a test answers is no call of the run", async () => {
  const { models, recorder, tools, events } = await opened();
  const endpoint = tools.scripted(["Hello."]);
  const model = models.chat({ fetch: endpoint.fetch });
  const reply = await recorder.run(() => model.invoke("Hi"));
  expect([reply.text, endpoint.calls.length]).toEqual(["Hello.", 1]);
  expect(events).toEqual([]);
});

test("what is recorded is a call of the run, and what is replayed is not", async () => {
  const { models, recorder, tools, calls } = await opened();
  const path = join(folder, "tape.json");
  const ask = (fetch: typeof globalThis.fetch) =>
    recorder.run(() => models.chat({ fetch }).invoke("What is 6 times 7?"));
  const recording = await tools.tape(path, { record: tools.wire });
  const { text } = await ask(recording.fetch);
  await recording.close();
  expect(text).toContain("42");
  expect(calls()).toEqual([text]);
  const player = await tools.tape(path);
  expect((await ask(player.fetch)).text).toBe(text);
  expect([calls().length, player.left]).toEqual([1, 0]);
});

test("a call after a fake that was asked the same has its own reply", async () => {
  const { models, recorder, calls } = await opened();
  const question = "What is 6 times 7?";
  await recorder.run(() => fakeModel().respond(new AIMessage("No idea.")).invoke(question));
  const { text } = await recorder.run(() => models.chat().invoke(question));
  expect(calls()).toEqual([text]);
});
