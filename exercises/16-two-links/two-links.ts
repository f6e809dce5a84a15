// Exercise 16: two links
//
// A workshop needs a name for its company, and a slogan for the name. Each is a call of its
// own: the second prompt needs what the model replied to the first.
//
// Write the chain. The first prompt asks for a name for a company that makes `product`. The
// second asks for a slogan, and contains the name word for word as the model gave it.
// Return the slogan.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  product: string;
}

export async function slogan({ model, product }: Given): Promise<string> {
  // Your code comes here.
  return "";
}
