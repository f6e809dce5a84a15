// An agent with tools, as LangChain's docs of createAgent show it.
import { createAgent, tool } from "langchain";
import * as z from "zod";

const searchNotes = tool(() => "Source: prices.md\nA loaf of rye costs 4.20 euros.", {
  name: "search_notes",
  description: "Search the notes of the bakery.",
  schema: z.object({ query: z.string() }),
});
const agent = createAgent({ model: "openai:gpt-4o-mini", tools: [searchNotes] });
const { messages } = await agent.invoke({
  messages: [{ role: "user", content: "How much is a loaf of rye?" }],
});
console.log(messages.at(-1).text);
