import { ConversationChain } from "@langchain/classic/chains";
import { BufferMemory, ConversationSummaryMemory } from "@langchain/classic/memory";
import { describe, expect, test } from "vitest";
import { createModels } from "../../model/factory.ts";
import { offlineWire } from "../app.ts";
import { respond } from "./skills.ts";

/** What was told, the question, and words that the answer must hold; none: it must say that it does not know. */
type Row = [told: string[], question: string, answer: string[]];

const KNOWN: Row[] = [
  [["Hi, my name is Ada."], "What is my name?", ["Ada"]],
  [["hello! I'm called Bob and I live in Kyiv"], "whats my name", ["Bob"]],
  [["hello! I'm called Bob and I live in Kyiv"], "where do I live", ["Kyiv"]],
  [["Call me Ishmael."], "what am I called?", ["Ishmael"]],
  [["my name's Søren"], "Do you remember my name?", ["Søren"]],
  [["This is Bob speaking"], "who am I?", ["Bob"]],
  [["I'm Zoë, 29, from Brazil, and I play the cello"], "who am I?", ["Zoë"]],
  [["I'm Zoë, 29, from Brazil, and I play the cello"], "How old am I?", ["29"]],
  [["I'm Zoë, 29, from Brazil, and I play the cello"], "which instrument do I play?", ["cello"]],
  [["my name is Ann", "Actually, my name is Eve"], "What's my name?", ["Eve"]],
  [["People call me Mo"], "tell me my name", ["Mo"]],
  [["my dog is Rex"], "what is my dog called?", ["Rex"]],
  [["I have a cat called Tom"], "what's my cat's name?", ["Tom"]],
  [["I have a cat called Tom"], "do I have any pets?", ["Yes", "Tom"]],
  [["I have a cat called Tom"], "Is my cat called Tom?", ["Yes", "Tom"]],
  [["we live in Porto with our two cats, Milo and Otis"], "where do we live?", ["Porto"]],
  [
    ["we live in Porto with our two cats, Milo and Otis"],
    "what are my cats called?",
    ["Milo", "Otis"],
  ],
  [["I work as a plumber"], "what did I say my job was?", ["plumber"]],
  [["I'm a nurse at St Mary's"], "What do I do for a living?", ["nurse"]],
  [["I teach maths at a school"], "what's my job?", ["maths"]],
  [["My job is baking bread."], "remind me what my job is", ["baking"]],
  [["My sister Eva lives in Rome."], "what is my sister's name?", ["Eva"]],
  [["My sister Eva lives in Rome."], "where does my sister live?", ["Rome"]],
  [["My wife's name is Maria"], "what is my wife called?", ["Maria"]],
  [["My wife Maria is a doctor"], "who is my wife?", ["Maria"]],
  [["I'm allergic to peanuts"], "What am I allergic to?", ["peanuts"]],
  [["I'm allergic to peanuts"], "Am I allergic to peanuts?", ["Yes", "peanuts"]],
  [["My birthday is on 3 May"], "when is my birthday?", ["3 May"]],
  [["I'm 34 years old"], "how old am I?", ["34"]],
  [["Remember that the door code is 4711."], "What is the door code?", ["4711"]],
  [["My favourite colour is teal"], "what colour do I like best?", ["teal"]],
  [["my favorite food is ramen"], "what's my favourite dish?", ["ramen"]],
  [["I moved to Berlin last year"], "Where do I live?", ["Berlin"]],
  [["I no longer live in Paris, now I live in Rome"], "where do I live?", ["Rome"]],
  [["I love sailing."], "What do I like?", ["sailing"]],
  [["I have a meeting with Carla on Tuesday at 3pm"], "when is my meeting?", ["Tuesday"]],
  [["My daughter is 7 and my son is 9."], "how old is my daughter?", ["7"]],
  [["We have two kids, Tom and Mia"], "how many kids do I have?", ["two"]],
  [["I live in Lisbon"], "What's my name and where do I live?", ["don't know", "Lisbon"]],
  [["I parked the car on level 3"], "where did I park?", ["level 3"]],
  [["my phone number is 555-1234"], "what's my phone number?", ["555-1234"]],
  [["I drive a red Volvo"], "what car do I drive?", ["Volvo"]],
  [["My name is Bob. I like tea."], "what do you know about me?", ["Bob", "tea"]],
  [["I speak Finnish and Dutch"], "which languages do I speak?", ["Finnish"]],
  [["I study marine biology"], "what do I study?", ["marine biology"]],
  [["By the way, my car is green"], "what colour is my car?", ["green"]],
  [["Hey! The name's Priya."], "what's my name again?", ["Priya"]],
  [["hi there, i'm tom"], "what is my name?", ["Tom"]],
  [
    ["My name is Dr. Elena Petrova and I come from Bulgaria."],
    "What's my name?",
    ["Elena Petrova"],
  ],
  [["My name is Dr. Elena Petrova and I come from Bulgaria."], "Where am I from?", ["Bulgaria"]],
  [["You can call me Sam, everyone does"], "what do people call me?", ["Sam"]],
  [["My name isn't Bob, it's Rob"], "what's my name?", ["Rob"]],
  [["I just started as a data analyst at Spotify"], "who do I work for?", ["Spotify"]],
  [["I'm from London", "forget that, I'm actually from Leeds"], "where am I from?", ["Leeds"]],
  [["My brother is called Jonas and he is a pilot."], "What does my brother do?", ["pilot"]],
  [["My brother is called Jonas and he is a pilot."], "Is my brother a pilot?", ["Yes", "pilot"]],
  [["My brother is called Jonas and he is a pilot."], "What's my brother's name?", ["Jonas"]],
  [
    ["my favourite food is ramen", "my favourite food is figs now"],
    "what's my favourite food?",
    ["figs"],
  ],
  [["i hate olives but love figs"], "what do I love?", ["figs"]],
  [["i hate olives but love figs"], "do I like olives?", ["hate olives"]],
  [["my email is kai@example.org"], "what's my email address?", ["kai@example.org"]],
  [
    ["Remember this: the meeting is at 3pm in room 204"],
    "where is the meeting?",
    ["The meeting is at 3pm in room 204"],
  ],
  [["I met Sarah in Prague"], "where did I meet Sarah?", ["Prague"]],
  [
    ["My flight leaves at 6:45 on Friday from gate B12"],
    "What time does my flight leave?",
    ["6:45"],
  ],
];

const UNKNOWN: [told: string[], question: string][] = [
  [[], "What is my name?"],
  [["Hello there"], "who am I?"],
  [["my dog is Rex"], "what is my cat called?"],
  [["my dog is brown"], "what is my dog called?"],
  [["I have a dog called Rex"], "how old is my dog?"],
  [["My sister Eva lives in Rome."], "Where do I live?"],
  [["My name is Jo."], "what is my sister's name?"],
  [["My wife Maria is a doctor"], "what is my job?"],
  [["I am a bit tired"], "what is my job?"],
  [["My daughter is 7 and my son is 9."], "how old am I?"],
  [["My favourite colour is teal"], "what's my favourite food?"],
  [["I was born in Oslo"], "what is my phone number?"],
  [["I like tea"], "what is my name?"],
  [["My mum's birthday is June 12th"], "when is my birthday?"],
  [["I'm fine"], "what's my name?"],
  [["hi, i'm tired"], "who am I?"],
];

const user = (content: string) => ({ role: "user", content });
const reply = async (messages: { role: string; content: string }[]) =>
  String(await respond(messages));

/** As chat messages, as a transcript in one message, and through the summary that the tutor itself writes. */
const shapes = {
  async messages(told: string[], question: string) {
    const messages = [];
    for (const line of told)
      messages.push(user(line), { role: "assistant", content: await reply([user(line)]) });
    return reply([...messages, user(question)]);
  },
  async transcript(told: string[], question: string) {
    let history = "";
    for (const line of told) history += `Human: ${line}\nAI: ${await reply([user(line)])}\n`;
    return reply([
      user(
        `The following is a friendly conversation.\n\nCurrent conversation:\n${history}Human: ${question}\nAI:`,
      ),
    ]);
  },
  async summary(told: string[], question: string) {
    let summary = "";
    for (const line of told) {
      const lines = `Human: ${line}\nAI: All right.`;
      summary = await reply([
        user(
          `Progressively summarize.\n\nCurrent summary:\n${summary}\n\nNew lines of conversation:\n${lines}\n\nNew summary:`,
        ),
      ]);
    }
    return reply([
      user(
        `A friendly conversation.\n\nCurrent conversation:\n${summary}\nHuman: ${question}\nAI:`,
      ),
    ]);
  },
};

describe.each(Object.entries(shapes))("recall from %s", (_name, ask) => {
  test.each(KNOWN)("%j %s", async (told, question, words) => {
    const answer = await ask(told, question);
    for (const word of words) expect(answer.toLowerCase()).toContain(word.toLowerCase());
  });

  test.each(UNKNOWN)("%j %s: does not know", async (told, question) => {
    expect(await ask(told, question)).toMatch(/I don't know/);
  });
});

describe("what was said", () => {
  const told = [
    user("I keep bees."),
    { role: "assistant", content: "Noted." },
    user("What is 2+2?"),
    { role: "assistant", content: "4." },
  ];
  test.each([
    ["what was the first thing I told you?", "I keep bees."],
    ["what did I ask before?", "What is 2+2?"],
    ["What did I just say?", "What is 2+2?"],
    ["what did you say?", "4."],
  ])("%s", async (question, words) => {
    expect(await reply([...told, user(question)])).toContain(words);
  });
});

describe("sums", () => {
  test.each([
    ["What is 1+1?", "is 2."],
    ["how much is 17 times 23?", "391"],
    ["what's 144 divided by 12", "is 12."],
    ["add 3 and 4", "is 7."],
    ["(2+3)*4", "is 20."],
    ["7 minus nine", "is -2."],
    ["2 to the power of 100", "1267650600228229401496703205376"],
    ["What is 15% of 80?", "is 12."],
    ["half of 30", "is 15."],
    ["what is the square root of 81?", "is 9."],
    ["the sum of 3, 4 and 5", "is 12."],
    ["0.1 + 0.2", "is 0.3."],
    ["10 / 4", "is 2.5."],
    ["1/3", "about 0.3333"],
    ["what is 5 divided by 0?", "no value"],
    ["seventeen times twenty-three", "391"],
    ["three thousand and forty-two plus one", "3043"],
    ["-4 * -5", "is 20."],
    ["17 mod 5", "is 2."],
    ["Please calculate 12 x 12", "144"],
    ["subtract 4 from 10", "is 6."],
    ["divide 9 by 4", "2.25"],
    ["1,000 + 1", "1001"],
    ["What does 6*7 equal?", "42"],
    ["7 squared", "49"],
    ["what is the square of 12?", "144"],
    ["what's 2+2*2", "is 6."],
  ])("%s", async (question, result) => {
    expect(await reply([user(question)])).toContain(result);
  });

  test.each(["I have 2 cats", "My flat is number 12-4", "we are 3 and live in 1 house"])(
    "%s is no sum",
    async (line) => {
      expect(await reply([user(line)])).toMatch(/^Noted/);
    },
  );
});

describe("other lines", () => {
  test.each([
    ["AI is what?!", /AI, artificial intelligence/],
    ["Explain backpropagation", /weight/],
    ["What are embeddings?", /numbers/],
    ["Hi", /^Hello/],
    ["thanks!", /welcome/],
    ["What is the capital of Mongolia?", /small offline model/],
    ["Write me a sonnet about the sea", /small offline model/],
    ["", /empty message/],
    ["My name is Bob. What is 2+2?", /Bob.*4/],
  ])("%s", async (line, answer) => {
    expect(await reply([user(line)])).toMatch(answer);
  });

  test("an earlier fact is not blurted out", async () => {
    const answer = await reply([
      user("My name is Ada."),
      { role: "assistant", content: "Hello Ada!" },
      user("What is 1+1?"),
    ]);
    expect(answer).not.toContain("Ada");
  });
});

describe("with LangChain's own prompts", () => {
  const countTokens = (text: string) => Math.ceil(text.length / 4);
  const { chat } = createModels({
    model: "offline-tutor",
    baseURL: "http://offline.invalid/v1",
    apiKey: "none",
    wire: offlineWire({ countTokens }),
    countTokens,
    price: () => null,
  });

  test("the example in the summary prompt does not leak into the summary", async () => {
    const memory = new ConversationSummaryMemory({ llm: chat() });
    await memory.saveContext({ input: "I'm Pia and I grow roses" }, { output: "How lovely." });
    const { history } = await memory.loadMemoryVariables({});
    expect(history).toContain("Pia");
    expect(history).toContain("roses");
    expect(history).not.toContain("force for good");
  });

  test("a summary stays short over a long conversation, and keeps what the human told of themself", async () => {
    const memory = new ConversationSummaryMemory({ llm: chat() });
    await memory.saveContext({ input: "My name is Pia." }, { output: "Hello Pia!" });
    for (let at = 0; at < 30; at++) {
      await memory.saveContext(
        { input: `What is ${at} + ${at}?` },
        { output: `${at} + ${at} is ${2 * at}.` },
      );
    }
    const { history } = await memory.loadMemoryVariables({});
    expect(history.split(/\s+/).length).toBeLessThan(160);
    expect(history).toContain("Pia");
  });

  test("a long answer is answered from", async () => {
    const memory = new BufferMemory();
    const schedule =
      "At nine you see the dentist. Lunch is at noon with Omar. Bring the blue folder to show the budget.";
    await memory.saveContext({ input: "What is planned for today?" }, { output: schedule });
    const conversation = new ConversationChain({ llm: chat(), memory });
    expect((await conversation.invoke({ input: "Who is lunch with?" })).response).toContain("Omar");
    expect((await conversation.invoke({ input: "What should I bring?" })).response).toContain(
      "blue folder",
    );
  });
});
