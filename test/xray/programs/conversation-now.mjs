// The same bot without ConversationChain: its template, and a history of our own.
import { StringOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import { ChatOpenAI } from "@langchain/openai";

const prompt =
  PromptTemplate.fromTemplate(`The following is a friendly conversation between a human and an AI. The AI is talkative and provides lots of specific details from its context. If the AI does not know the answer to a question, it truthfully says it does not know.

Current conversation:
{history}
Human: {input}
AI:`);
const model = new ChatOpenAI({ model: process.env.MODEL ?? "gpt-4o-mini", temperature: 0 });
const chain = prompt.pipe(model).pipe(new StringOutputParser());
const history = [];
for (const input of ["Hi! I'm Jim.", "What is 6 times 7?", "What's my name?"]) {
  const response = await chain.invoke({ input, history: history.join("\n") });
  history.push(
    `Human: ${input}`,
    `AI: ${process.env.TRIM ? response.trim().slice(0, 5) : response}`,
  );
  console.log(response);
}
