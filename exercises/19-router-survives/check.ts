import type {
  Check,
  Draw,
  Reply,
  SeenRequest,
} from "../../src/workbook/check.ts";

interface Given {
  question: string;
  about: Destination;
  policies: Record<Destination, string>;
}

const DESTINATIONS = ["meters", "bills", "moving", "other"] as const;
type Destination = (typeof DESTINATIONS)[number];

interface Fault {
  says: string;
  /** spoils the reply of a request that chooses */
  spoil(request: SeenRequest, given: Given): Reply;
  /** whether a careful program may understand it */
  isHarmless?: boolean;
}

const FAULTS: Fault[] = [
  {
    says: 'The router chose "refunds", which there is not',
    spoil: (request, { question }) => inForm(request, question, "refunds"),
  },
  {
    says: 'The router chose "constructor", which there is not',
    spoil: (request, { question }) => inForm(request, question, "constructor"),
  },
  {
    says: "The router wrote the name in capitals",
    spoil: (request, { question, about }) =>
      inForm(request, question, about.toUpperCase()),
    isHarmless: true,
  },
  {
    says: "The router explained itself instead of replying with JSON",
    spoil: (_, { about }) => {
      const others = DESTINATIONS.filter((name) => name !== about);
      return {
        text: `This is not about ${others.join(", nor about ")}. I take ${about}.`,
      };
    },
  },
  { says: "The router's reply was empty", spoil: () => ({ text: "" }) },
  {
    says: "The router's reply broke off",
    spoil: (request, { question, about }) => {
      const { text = "", calls } = inForm(request, question, about);
      const half = (whole: string) => whole.slice(0, -3);
      return {
        text: half(text),
        finish: "length",
        calls: calls?.map((call) => ({
          ...call,
          arguments: half(JSON.stringify(call.arguments)),
        })),
      };
    },
  },
  {
    says: "The router's server replied with status 500",
    spoil: () => ({ status: 500 }),
  },
];

function drawn(draw: Draw): Given {
  return {
    question: `Can you tell me about my ${draw.word()} {${draw.word()}}?`,
    about: draw.pick(["meters", "bills", "moving"]),
    policies: {
      meters: rule(draw),
      bills: rule(draw),
      moving: rule(draw),
      other: rule(draw),
    },
  };
}

export const check: Check<Given> = {
  milliseconds: 30_000,
  given: {
    question: "I leave my flat in May. When do I tell you?",
    about: "moving",
    policies: {
      meters: "The number is on the front.",
      bills: "Bills come once a year.",
      moving: "Two weeks before are enough.",
      other: "Say that a colleague will ring back.",
    },
  },
  draw: drawn,

  async judge(lab, given) {
    const { policies } = given;
    const policiesIn = ({ prompt }: SeenRequest) =>
      DESTINATIONS.filter((name) => prompt.includes(policies[name]));

    const cases = [
      { ...given, says: "Nothing was wrong with the router's reply" },
      // Once, and at each attempt.
      ...[1, Number.POSITIVE_INFINITY].flatMap((times) =>
        FAULTS.map((fault) => ({
          ...drawn(lab.draw),
          policies,
          fault,
          times,
          says: fault.says,
        })),
      ),
    ].map((one) => new Case(one, `Answer: ${lab.draw.word()}.`));
    lab.wire.answer((request) => {
      const mine = cases.find(({ question }) =>
        request.prompt.includes(question),
      );
      mine?.sent.push(request);
      if (mine === undefined) return "What is the question?";
      return policiesIn(request).length > 0 ? mine.reply : mine.choose(request);
    });

    // All at once: a program may well pause before it asks again.
    const returned = await Promise.all(
      cases.map(({ question, report }) =>
        lab.call("answer", { question, policies, report }),
      ),
    );

    for (const [at, one] of cases.entries()) {
      const { sent, about, fault, says, reports } = one;
      lab.expect(
        sent.length <= 3,
        `${says}: ${sent.length} requests were sent, and three are the most.`,
      );
      const last = sent.findLast((one) => policiesIn(one).length > 0);
      const request = last?.place ?? sent.at(-1)?.place ?? 1;
      lab.expect(
        last !== undefined,
        `${says}: no request carried the question and a policy.`,
        { request },
      );
      const found = last ? policiesIn(last) : [];
      const isRight = found.join() === about;
      const isOther = found.join() === "other";
      lab.expect(
        isRight || (isOther && fault !== undefined),
        `${says}, and the question about ${about} was answered by the policy for ${found.join(" and ")}.`,
        { request },
      );
      lab.expectReturned(returned[at], one.reply, "the last reply");
      const isUnderstood = fault?.isHarmless === true && isRight;
      if (fault)
        lab.expect(
          reports.length > 0 || isUnderstood,
          `${says}, and nothing was reported.`,
        );
      else
        lab.expect(
          reports.length === 0,
          `${says}, and it was reported: ${JSON.stringify(reports[0])}.`,
        );
      lab.expect(
        fault !== undefined || sent.length === 2,
        `${says}, and ${sent.length} requests were sent where two are enough.`,
      );
    }
  },
};

interface Asked extends Given {
  fault?: Fault;
  /** how many choices are spoilt */
  times?: number;
  says: string;
}

/** One question, and what came of it. */
class Case {
  readonly question: string;
  readonly about: Destination;
  readonly fault?: Fault;
  readonly says: string;
  readonly reply: string;
  readonly sent: SeenRequest[] = [];
  readonly reports: unknown[] = [];
  readonly report = (told: unknown) => {
    this.reports.push(told);
  };
  readonly #asked: Asked;
  #choices = 0;

  constructor(asked: Asked, reply: string) {
    this.#asked = asked;
    this.question = asked.question;
    this.about = asked.about;
    this.fault = asked.fault;
    this.says = asked.says;
    this.reply = reply;
  }

  /** The reply to a request that chooses. */
  choose(request: SeenRequest): Reply {
    const { fault, times = 0 } = this.#asked;
    this.#choices += 1;
    return fault && this.#choices <= times
      ? fault.spoil(request, this.#asked)
      : inForm(request, this.question, this.about);
  }
}

/**
 * The choice in the form that the request asks for: a schema, a tool, LangChain's router, JSON, a
 * name.
 */
function inForm(request: SeenRequest, question: string, name: string): Reply {
  const { schema, tools, prompt, body } = request;
  if (schema?.schema)
    return { text: JSON.stringify(filled(schema.schema, name)) };
  const [tool] = tools;
  if (tool !== undefined) {
    const parameters = body.tools[0].function.parameters;
    return {
      calls: [{ name: tool, arguments: filled(parameters, name) as object }],
    };
  }
  if (prompt.includes("next_inputs")) {
    const next = { destination: name, next_inputs: { input: question } };
    return { text: `\`\`\`json\n${JSON.stringify(next)}\n\`\`\`` };
  }
  const asked = textWithout(request, question);
  const keys = [...asked.matchAll(/"(\w+)"\s*:/g)].map(([, key = ""]) => key);
  if (keys.length === 0 && !/json/i.test(asked)) return { text: name };
  const entries = (keys.length > 0 ? keys : ["destination"]).map((key) => [
    key,
    textFor(key, name),
  ]);
  return { text: JSON.stringify(Object.fromEntries(entries)) };
}

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  enum?: string[];
  const?: string;
  anyOf?: Schema[];
  type?: string;
}

/** An object of a schema in which the choice is this name. */
function filled(root: Schema, name: string): unknown {
  const fill = (schema: Schema, key = ""): unknown => {
    const { properties } = schema;
    if (properties === undefined)
      return valuesOf(root, schema).length > 0 ? name : textFor(key, name);
    return Object.fromEntries(
      Object.entries(properties).map(([key, one]) => [key, fill(one, key)]),
    );
  };
  return fill(root);
}

/** A field that may have any text is a reason, or the choice. */
const textFor = (key: string, name: string) =>
  /reason|why|expla|thought|because/i.test(key)
    ? "The question says so."
    : name;

/** The names that a schema allows at a place. */
function valuesOf(root: Schema, schema: Schema): string[] {
  const path = schema.$ref?.replace(/^#\//, "").split("/");
  // biome-ignore lint/suspicious/noExplicitAny: a path into JSON
  const target = path?.reduce((at: any, key) => at?.[key], root);
  if (target) return valuesOf(root, target);
  const own = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  return [
    ...own,
    ...(schema.anyOf ?? []).flatMap((one) => valuesOf(root, one)),
  ];
}

const textWithout = ({ prompt, schema, body }: SeenRequest, question: string) =>
  [
    prompt.replaceAll(question, " "),
    schema && JSON.stringify(schema),
    body.tools && JSON.stringify(body.tools),
  ].join(" ");

const rule = (draw: Draw) => `The rule: ${draw.word()} and ${draw.word()}.`;
