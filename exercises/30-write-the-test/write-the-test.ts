// Exercise 30: write the test
//
// A shop's program `sort` has a model sort the mail. It was rewritten twice, and each time a
// fault got in that nobody saw for weeks. The check hands your `test` right programs and wrong
// ones; throw an error for a wrong one, and none for a right one. What is right:
// - The whole message is in the prompt, word for word. How the rest is worded may change.
// - One call of the model is enough. It costs money.
// - "billing" and "delivery" are returned so, also where the model writes " Billing.\n".
// - Any other reply means "other", for the model invents departments.
// - Where the model fails, the mail goes to "other" too: `sort` does not throw.
// - A message without a letter in it is "other", and the model is not asked.
import assert from "node:assert/strict";

interface Model {
  invoke: (prompt: string) => Promise<{ text: string }>;
}

type Sort = (given: { model: Model; message: string }) => Promise<string>;

export async function test({ sort }: { sort: Sort }) {
  const model = { invoke: async () => ({ text: "billing" }) };
  const found = await sort({ model, message: "My invoice is wrong." });
  assert.equal(found, "billing");
}
