import {
  AIMessage,
  type BaseMessage,
  getBufferString,
  HumanMessage,
} from "@langchain/core/messages";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import {
  RunnablePassthrough,
  RunnableSequence,
} from "@langchain/core/runnables";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  show: (piece: string) => void;
}

let messages: BaseMessage[] = [];

export async function answer({ model, question, show }: Given) {
  let english = "";
  const parser = new StringOutputParser();
  const translate = RunnableSequence.from([
    PromptTemplate.fromTemplate("Translate into English:\n{question}"),
    model,
    parser,
    (text: string) => {
      english = text;
      return text;
    },
  ]);
  const chain = RunnablePassthrough.assign({
    input: translate,
    history: () => getBufferString(messages),
  })
    .pipe(
      PromptTemplate.fromTemplate(
        "You sit at the desk of a public library.\n\n{history}\nHuman: {input}\nAI:",
      ),
    )
    .pipe(model)
    .pipe(parser);

  const pieces: string[] = [];
  for await (const piece of await chain.stream({ question })) {
    show(piece);
    pieces.push(piece);
  }
  const reply = pieces.join("");
  messages = [
    ...messages,
    new HumanMessage(english),
    new AIMessage(reply),
  ].slice(-4);
  return reply;
}
