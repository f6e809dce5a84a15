import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { handbook } from "../handbook/handbook.ts";
import { packageFile } from "../package-file.ts";
import { findTopic } from "./topics.ts";

test.each([
  ["temperature", "temperature"],
  ["Context Window", "context-window"],
  ["context-window", "context-window"],
  ["the agents", "agent"],
  ["RLHF", "rlhf"],
  ["tokeniser", "tokenizer"],
  ["Tokens", "token"],
  ["quantization", "quantisation"],
  ["Retrieval-augmented generation", "rag"],
  ["stop sequence", "stop-sequence"],
])("%s is a passage's name", (topic, id) => {
  const found = findTopic(topic);
  expect(found.how).toBe("named");
  expect(found.passages[0]?.id).toBe(id);
  expect(found.passages.slice(1).map((passage) => passage.id)).toEqual(found.passages[0]?.seeAlso);
});

test.each([
  ["temprature", "temperature"],
  ["what is an hnsw index", "hnsw"],
  ["vector db", "vector-store"],
  ["cosine", "cosine-similarity"],
  ["GDPR", "personal-data"],
  ["createAgent", "agent"],
  ["FakeListChatModel", "fake-model"],
  ["trailing comma", "output-fixing"],
  ["SimpleSequentialChain", "sequential-chain"],
  ["maxTokenLimit", "token-buffer-memory"],
  ["withStructuredOutput", "structured-output"],
  ["what is a token", "token"],
  ["What does RRF mean?", "rank-fusion"],
  ["kl", "rlhf"],
  ["SFT", "instruction-tuning"],
  ["KV cache", "prompt-caching"],
  ["StateGraph", "langgraph"],
  ["RRF", "rank-fusion"],
])("%s is found", (topic, id) => {
  const found = findTopic(topic);
  expect(found.how).not.toBe("unknown");
  expect(found.passages[0]?.id).toBe(id);
});

test.each([
  "banana",
  "why is the sky blue",
  "football results",
  "???",
  "qwertz uiop",
  "the",
  "How do I prune roses?",
  "paint a fence",
  "cats and dogs",
  "my bicycle squeaks",
])("the handbook has nothing on %s, and near topics all the same", (topic) => {
  const found = findTopic(topic);
  expect(found.how).toBe("unknown");
  expect(found.passages.length).toBeGreaterThan(3);
});

test("every passage is found under its id and under its title", () => {
  const passages = handbook();
  const names = passages.flatMap(({ id, title }) => [id, title].map((name) => ({ id, name })));
  const wrong = names.filter(({ id, name }) => findTopic(name).passages[0]?.id !== id);
  expect(wrong).toEqual([]);
});

const read = (file: string) => JSON.parse(readFileSync(packageFile(file), "utf8"));

test("questions in the field's terms are found, and hardly one about other things", () => {
  const own: { question: string; passages: string[] }[] = read("handbook/questions/own-terms.json");
  const right = own.filter(({ question, passages }) => {
    const found = findTopic(question);
    return found.how !== "unknown" && passages.includes(found.passages[0]!.id);
  });
  expect(right.length / own.length).toBeGreaterThan(0.85);
  const general: { words: string; other: string }[] = read("test/retrieval/general.json");
  const notes: [kind: string, question: string][] = read("test/retrieval/notes-questions.json");
  const others = [
    ...general.flatMap(({ words, other }) => [words, other]),
    ...notes.map(([, question]) => question),
  ];
  const taken = others.filter((question) => findTopic(question).how !== "unknown");
  expect(taken.length / others.length).toBeLessThan(0.1);
});
