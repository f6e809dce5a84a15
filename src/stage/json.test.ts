import { expect, test } from "vitest";
import { SAMPLES } from "../../test/support/events.ts";
import type { LabEvent } from "../trace/events.ts";
import { jsonStage } from "./json.ts";

async function written(events: LabEvent[]): Promise<string> {
  let text = "";
  const stage = jsonStage({
    write: (more) => {
      text += more;
    },
  });
  for (const event of events) await stage.emit(event);
  expect(text).toBe("");
  await stage.close();
  return text;
}

test("a run is one document: who answered, what it took, and its events", async () => {
  const { "run-start": run, "call-token": token, "call-end": call } = SAMPLES;
  const { type: _, ...facts } = run;
  expect(JSON.parse(await written([run, token, call]))).toEqual({
    ...facts,
    totals: { calls: 1, tokens: call.tokens, cost: call.cost, ms: call.ms },
    events: [run, call],
  });
});

test("an answer is what was asked for, with its sources", async () => {
  const { "ask-start": start, "passages-found": found, "ask-end": end } = SAMPLES;
  const run: LabEvent = { ...SAMPLES["run-start"], kind: "ask" };
  const note: LabEvent = { type: "note-shown", text: "Nothing is indexed yet." };
  const events: LabEvent[] = [run, start, note, found, end];
  const [passage] = found.passages;
  expect(JSON.parse(await written(events))).toEqual({
    question: start.question,
    answered: end.answered,
    answer: end.answer,
    sources: [{ ...passage, cited: true }],
    store: start.store,
    endpoint: run.endpoint,
    model: run.model,
    embeddingModel: start.embeddingModel,
    totals: end.totals,
    notes: [note.text],
  });
  const prompt = SAMPLES["prompt-shown"];
  expect(JSON.parse(await written([...events, prompt])).prompt).toEqual(prompt.messages);
});

test("a question that was not answered, and a run that never began, print nothing", async () => {
  const run: LabEvent = { ...SAMPLES["run-start"], kind: "ask" };
  expect(await written([run, SAMPLES["ask-start"]])).toBe("");
  expect(await written([])).toBe("");
});
