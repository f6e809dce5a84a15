import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import * as z from "zod";

const routerPrompt = ChatPromptTemplate.fromMessages([
  [
    "system",
    'Where does this message of a customer belong? "shop" if it asks about the shop, its prices or its rules; "talk" for anything else. Answer in JSON.',
  ],
  ["human", "{message}"],
]);
const chatPrompt = ChatPromptTemplate.fromMessages([
  ["system", "You are the assistant of a bakery. Be brief.{context}"],
  ["placeholder", "{history}"],
  ["human", "{message}"],
]);
const route = z.object({ destination: z.enum(["shop", "talk"]) });

/**
 * A chat with a memory, a router and retrieval.
 *
 * @param {object} options
 * @param {string[]} options.documents
 * @param {number} [options.keep]
 * @param {string} [options.model]
 * @param {number} [options.maxRetries]
 * @param {object} [options.configuration]
 *   `keep` is how many messages are remembered, `configuration` goes to OpenAI's client
 */
export function createChat({
  documents,
  keep = 6,
  model = "gpt-6-luna",
  maxRetries = 2,
  configuration,
}) {
  const settings = { apiKey: "none", configuration, maxRetries };
  const chat = new ChatOpenAI({ model, ...settings });
  const router = routerPrompt.pipe(
    chat.withStructuredOutput(route, { method: "jsonSchema", strict: true }),
  );
  const answer = chatPrompt.pipe(chat).pipe(new StringOutputParser());
  const find = searchIn(documents, new OpenAIEmbeddings(settings));
  const history = [];

  return async function send(message) {
    // A router that says something of no use must not end the conversation.
    const { destination } = await router.invoke({ message }).catch(() => ({ destination: "talk" }));
    const context = destination === "shop" ? `\nWhat is known:\n${await find(message)}` : "";
    const reply = await answer.invoke({ context, history: history.slice(-keep), message });
    history.push(["human", message], ["ai", reply]);
    return reply;
  };
}

/** Finds the document that is nearest to a question. */
function searchIn(documents, embeddings) {
  let vectors;
  return async (question) => {
    vectors ??= await embeddings.embedDocuments(documents);
    const wanted = await embeddings.embedQuery(question);
    const nearness = (vector) => vector.reduce((sum, x, at) => sum + x * wanted[at], 0);
    const scores = vectors.map(nearness);
    return documents[scores.indexOf(Math.max(...scores))];
  };
}
