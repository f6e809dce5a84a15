import { ChatPromptTemplate } from "@langchain/core/prompts";
import { z } from "zod";
import { section, text } from "../../src/lab.ts";

// Almost every hosted model is tuned and takes a list of messages. Use a base model
// for research, as a starting point for fine-tuning, or to continue a text.
const lab = section({
  title: "Chat models and structured output today",
  params: {
    review: text({
      default:
        "The kettle was a birthday gift. It came after three days. Good value for the money, but it is loud.",
      maxLength: 1500,
      help: "a review",
    }),
    question: text({
      default: "What is the capital of France?",
      maxLength: 200,
      help: "what is asked of both APIs",
    }),
  },
});

// There are two kinds of API. The *completion* API takes a text and continues it. The
// *chat* API takes messages with roles; the server joins them into one text with
// marks of who speaks, as the model's *chat template* says, and the model continues
// that text. See `llm-lab help chat-model`.
const apis = lab.step(
  "Completions and chat",
  async ({ complete, chat, params, table }) => {
    const { question } = params;
    const completion = await complete({
      model: "tiny-instruct",
      maxTokens: 24,
    }).invoke(question);
    const { content } = await chat().invoke([
      ["system", "Answer in one sentence."],
      ["user", question],
    ]);
    await table(
      "One question, two APIs",
      ["API", "reply"],
      [
        ["/v1/completions", completion.trim()],
        ["/v1/chat/completions", String(content)],
      ],
    );
  },
);

// A parser describes the form in the prompt, and the model may get it wrong. With
// *structured output* the schema is sent beside the prompt, and a server that
// supports it allows no token that would break the schema. It still fails where the
// model refuses, or where the reply is cut off at the token limit: LangChain then
// throws. And a right form is not a right value: a model that may not say "unknown"
// must fill the field, so give it a way out. See `llm-lab help structured-output`.
const structured = lab.step(
  "Structured output",
  async ({ chat, params, show }) => {
    const shape = z.object({
      gift: z.boolean().describe("was it bought as a gift?"),
      delivery_days: z.number().describe("days until it was delivered"),
      price: z.array(z.string()).describe("sentences about price or value"),
    });
    const prompt = ChatPromptTemplate.fromTemplate("{review}");
    const { review } = params;
    const model = chat().withStructuredOutput(shape, {
      method: "jsonSchema",
    });
    await show("An object", await prompt.pipe(model).invoke({ review }));
  },
);

// You can run a base model yourself. Download one of these, serve it with llama.cpp,
// vLLM or Ollama, which have `/v1/completions`, and set `OPENAI_BASE_URL` and
// `LLM_LAB_BASE_MODEL`. Then play prompting/base again. Hosted base models are
// disappearing: OpenAI had announced the end of its last ones for September 2026.
const open = lab.step("Base models to try", async ({ table }) => {
  await table(
    "Some of those known in August 2025; look for newer ones",
    ["model", "parameters", "from"],
    [
      ["SmolLM2-135M", "135 million", "Hugging Face"],
      ["Qwen3-0.6B-Base", "0.6 billion", "Alibaba"],
      ["gemma-3-1b-pt", "1 billion", "Google"],
      ["OLMo-2-0425-1B", "1.5 billion, its training data open", "Ai2"],
      ["Llama-3.1-8B", "8 billion", "Meta"],
    ],
  );
});

export default lab.steps(
  apis,
  structured.expect(
    "the object has the fields of the schema",
    ({ values }) =>
      Object.keys(values["An object"] ?? {}).join() ===
      "gift,delivery_days,price",
  ),
  open,
);
