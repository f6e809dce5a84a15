// says: asks the model about a message without a letter in it
import assert from "node:assert/strict";

interface Model {
  invoke: (prompt: string) => Promise<{ text: string }>;
}

type Sort = (given: { model: Model; message: string }) => Promise<string>;

export async function test({ sort }: { sort: Sort }) {
  const message = "The kettle came late.\nAnd the invoice is wrong!";
  for (const [reply, expected] of [
    ["billing", "billing"],
    ["delivery", "delivery"],
    [" Billing.\n", "billing"],
    ["sales", "other"],
    ["", "other"],
    [new Error("The model is down."), "other"],
  ] as const) {
    const model = fake(reply);
    assert.equal(await sort({ model, message }), expected, `after ${reply}`);
    assert.equal(model.prompts.length, 1, "the model is asked once");
    assert.ok(model.prompts[0]?.includes(message), "the message is whole");
  }
}

/** A model that always gives the same reply, and keeps what it was asked. */
function fake(reply: string | Error) {
  const prompts: string[] = [];
  const invoke = async (prompt: string) => {
    prompts.push(prompt);
    if (reply instanceof Error) throw reply;
    return { text: reply };
  };
  return { prompts, invoke };
}
