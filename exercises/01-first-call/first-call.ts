// Exercise 1: a first call
//
// A shop wants an assistant that answers its customers' questions. Begin with the
// smallest one: make a model, send it the question, and return the text of its reply.
//
// Send one request, with the question as it is. The key and the address are taken from
// the environment; the workbook sets them, so that no request leaves this machine.
import { ChatOpenAI } from "@langchain/openai";

export async function answer({
  question,
}: {
  question: string;
}): Promise<string> {
  const model = new ChatOpenAI({ model: "offline-tutor" });
  // Your code comes here.
  return "";
}
