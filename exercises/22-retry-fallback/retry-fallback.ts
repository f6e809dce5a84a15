// Exercise 22: retry and fallback
//
// A hospital's laboratory has a model put its reports into plain words. Two providers are paid
// for it. `model` is the good one, and sometimes says 429, too many requests: that passes.
// It may also say 401, a wrong key: that fails again however often it is asked.
//
// After a 429 or an error of the 500s, ask `model` again, three times in all at most; the
// header retry-after says how many seconds to wait. After 401, or three failures, ask `spare`,
// once. Return the reply's text. If `spare` fails too, throw: an invented report helps nobody.
//
// What `invoke` throws has `status`, such as 429, and `headers.get("retry-after")`.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  /** both make one attempt at each `invoke` (maxRetries is 0) */
  model: ChatOpenAI;
  spare: ChatOpenAI;
  report: string;
}

export async function explain({ model, spare, report }: Given) {
  const reply = await model.invoke(`Put this into plain words:\n${report}`);
  return reply.text;
}
