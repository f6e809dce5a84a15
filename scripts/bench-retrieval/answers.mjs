import { oneLine } from "./sets.mjs";

const SETTINGS = { k: 4, minScore: 0.05 };

/**
 * Asks the questions as `llm-lab ask` does offline, and counts the answers that are right,
 * declined, and wrong: a right one quotes what the pattern of the answer wants, from a file that
 * the pattern of the file wants.
 */
export async function answersTo(questions, corpus, sources) {
  const counts = { right: 0, declined: 0, wrong: 0 };
  for (const asked of questions) {
    const outcome = await outcomeOf(asked, corpus, sources);
    counts[outcome.what] += 1;
    if (process.argv.includes("--answers"))
      console.log(`${outcome.what}: ${asked.question}\n  ${outcome.answer}`);
  }
  return counts;
}

async function outcomeOf({ question, answers, ofFile }, { store }, sources) {
  const { retrieve, askPrompt, documentsText, isDeclined, citedIn, questionVector: aim } = sources;
  const { passages: found } = await retrieve(store, question, { ...SETTINGS, aim });
  const passages = found.map((one) => ({ ...one, name: one.file.split("\0")[0] }));
  const prompt = await askPrompt.invoke({ documents: documentsText(passages), question });
  const answer = await replyTo(prompt.toChatMessages(), sources);
  if (isDeclined(answer)) return { what: answers ? "declined" : "right", answer };
  // The file's name, which stands before the quotation, is not the answer.
  const [, quoted = ""] = /: "([\s\S]*)"$/.exec(answer) ?? [];
  const isRight =
    answers?.test(oneLine(quoted)) &&
    citedIn(answer, passages).some(({ name }) => ofFile.test(name));
  return { what: isRight ? "right" : "wrong", answer };
}

const ROLES = { system: "system", human: "user" };
let endpoint;

async function replyTo(messages, { createEndpoint, loadCounter }) {
  endpoint ??= createEndpoint({ countTokens: await loadCounter("offline-tutor") });
  const response = await endpoint.fetch(
    new Request("http://offline/v1/chat/completions", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        model: "offline-tutor",
        messages: messages.map((one) => ({ role: ROLES[one.getType()], content: one.content })),
      }),
    }),
  );
  return (await response.json()).choices[0].message.content;
}
