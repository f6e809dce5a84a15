import * as z from "zod";
import type { ChatTool, JsonSchema } from "../protocol.ts";

const tool = (name: string, description: string, shape: z.ZodType): ChatTool => ({
  type: "function",
  function: { name, description, parameters: z.toJSONSchema(shape) as JsonSchema },
});

/** Tools as people write them: numbers, yes or no, lists, objects in objects, choices. */
export const TOOLS: readonly ChatTool[] = [
  tool(
    "book_table",
    "Book a table in a restaurant.",
    z.object({ restaurant: z.string(), people: z.int(), outdoors: z.boolean().optional() }),
  ),
  tool(
    "set_timer",
    "Start a kitchen timer.",
    z.object({ minutes: z.number(), label: z.string().optional() }),
  ),
  tool(
    "set_light",
    "Switch the light of a room on or off.",
    z.object({
      room: z.enum(["kitchen", "bedroom", "hall"]),
      on: z.boolean(),
      brightness: z.int().min(0).max(100).optional().describe("in percent"),
    }),
  ),
  tool(
    "send_mail",
    "Send an e-mail.",
    z.object({
      to: z.array(z.string()).describe("e-mail addresses"),
      subject: z.string(),
      urgent: z.boolean().optional(),
    }),
  ),
  tool(
    "add_expenses",
    "Note down expenses.",
    z.object({ items: z.array(z.object({ what: z.string(), amount: z.number() })) }),
  ),
  tool(
    "create_event",
    "Put an event into the calendar.",
    z.object({
      title: z.string(),
      when: z.object({ date: z.string(), time: z.string() }),
      guests: z.array(z.string()).optional(),
    }),
  ),
  tool(
    "place_order",
    "Order products from the shop.",
    z.object({
      items: z.array(z.object({ product: z.string(), count: z.int() })),
      gift: z.boolean().optional().describe("whether it is wrapped as a gift"),
      address: z.object({ street: z.string(), city: z.string() }).optional(),
    }),
  ),
  tool("get_stock", "How many of a product are in stock.", z.object({ product: z.string() })),
  tool("get_price", "The price of a product.", z.object({ product: z.string() })),
  tool(
    "refund",
    "Pay money back to a customer.",
    z.object({ order: z.string().describe("such as KX-4711"), amount: z.number() }),
  ),
  tool("cancel_order", "Cancel an order.", z.object({ order: z.string().describe("its number") })),
  tool(
    "find_seats",
    "Find free seats in the theatre.",
    z.object({ date: z.string().describe("such as 2026-11-27"), count: z.int() }),
  ),
  tool(
    "roll_dice",
    "Roll dice.",
    z.object({ sides: z.int().describe("sides of each die"), times: z.int() }),
  ),
  tool(
    "set_temperature",
    "Set the heating of a room.",
    z.object({ room: z.enum(["kitchen", "bedroom", "hall"]), celsius: z.number() }),
  ),
  tool(
    "add_task",
    "Add a task to the list.",
    z.object({
      title: z.string(),
      priority: z.enum(["low", "medium", "high"]).optional(),
      tags: z.array(z.string()).optional(),
    }),
  ),
  tool("average", "The average of a list of numbers.", z.object({ numbers: z.array(z.number()) })),
  tool(
    "route",
    "Plan a route by train.",
    z.object({ from: z.string(), to: z.string(), bike: z.boolean().optional() }),
  ),
  tool(
    "delete_files",
    "Delete files for ever.",
    z.object({ paths: z.array(z.string()), force: z.boolean().optional() }),
  ),
];

export type ToolCase = [asked: string, calls: string[]];

/** What people ask, and the calls that are meant. The tutor's rules were written with these. */
export const WORKED: readonly ToolCase[] = [
  ["Book a table for 4 at Luigi's", ['book_table {"restaurant":"Luigi\'s","people":4}']],
  [
    "Please book a table outdoors for two people at the Blue Lion",
    ['book_table {"restaurant":"Blue Lion","people":2,"outdoors":true}'],
  ],
  ["Set a timer for 12 minutes", ['set_timer {"minutes":12}']],
  ["Turn on the light in the kitchen", ['set_light {"room":"kitchen","on":true}']],
  ["Switch the hall light off, please", ['set_light {"room":"hall","on":false}']],
  [
    "Set the bedroom light to 40 percent brightness",
    ['set_light {"room":"bedroom","on":true,"brightness":40}'],
  ],
  [
    "Send an urgent mail to ada@example.com with the subject Boiler",
    ['send_mail {"to":["ada@example.com"],"subject":"Boiler","urgent":true}'],
  ],
  [
    "Note down my expenses: coffee 3.20 and a sandwich 6.50",
    ['add_expenses {"items":[{"what":"coffee","amount":3.2},{"what":"sandwich","amount":6.5}]}'],
  ],
  [
    "Create an event called Dentist on 2026-12-03 at 14:30",
    ['create_event {"title":"Dentist","when":{"date":"2026-12-03","time":"14:30"}}'],
  ],
  [
    "Order 3 kettles as a gift",
    ['place_order {"items":[{"product":"kettles","count":3}],"gift":true}'],
  ],
  [
    "I want to order two teapots and five cups",
    ['place_order {"items":[{"product":"teapots","count":2},{"product":"cups","count":5}]}'],
  ],
  ["How many kettles are in stock?", ['get_stock {"product":"kettles"}']],
  ["What is the price of a teapot?", ['get_price {"product":"teapot"}']],
  [
    "What is the price of the kettle, and how many kettles are in stock?",
    ['get_price {"product":"kettle"}', 'get_stock {"product":"kettles"}'],
  ],
  ["Refund 48 euros for order KX-4711", ['refund {"order":"KX-4711","amount":48}']],
  ["Cancel order KX-4711", ['cancel_order {"order":"KX-4711"}']],
  ["Find 2 seats for 2026-11-27", ['find_seats {"date":"2026-11-27","count":2}']],
  ["Roll 3 dice with 6 sides", ['roll_dice {"sides":6,"times":3}']],
  [
    "Set the heating in the bedroom to 18.5 degrees",
    ['set_temperature {"room":"bedroom","celsius":18.5}'],
  ],
  [
    "Add a task called Buy stamps with high priority",
    ['add_task {"title":"Buy stamps","priority":"high"}'],
  ],
  ["What is the average of 3, 8.5 and 12?", ['average {"numbers":[3,8.5,12]}']],
  [
    "Plan a route from Leeds to York with my bike",
    ['route {"from":"Leeds","to":"York","bike":true}'],
  ],
  ["Delete the files a.txt and b.txt", ['delete_files {"paths":["a.txt","b.txt"]}']],
  ["Good morning!", []],
  ["What does the word tool mean?", []],
];

/** The same kinds in other words, kept aside while the rules were written. */
export const HELD: readonly ToolCase[] = [
  [
    "Could you book a table at Chez Nous for six?",
    ['book_table {"restaurant":"Chez Nous","people":6}'],
  ],
  [
    "Reserve a table in the restaurant Adler for 3 people, outdoors if possible",
    ['book_table {"restaurant":"Adler","people":3,"outdoors":true}'],
  ],
  ["Start a timer of 7.5 minutes", ['set_timer {"minutes":7.5}']],
  ["Light on in the bedroom!", ['set_light {"room":"bedroom","on":true}']],
  ["Could you switch off the kitchen light?", ['set_light {"room":"kitchen","on":false}']],
  [
    "Dim the light in the hall to 15 percent",
    ['set_light {"room":"hall","on":true,"brightness":15}'],
  ],
  [
    "Mail bob@example.org and eve@example.org, subject: Lunch",
    ['send_mail {"to":["bob@example.org","eve@example.org"],"subject":"Lunch"}'],
  ],
  [
    "I had expenses: taxi 14, hotel 120.50 and dinner 31",
    [
      'add_expenses {"items":[{"what":"taxi","amount":14},{"what":"hotel","amount":120.5},{"what":"dinner","amount":31}]}',
    ],
  ],
  [
    "Put an event titled Choir into my calendar for 2027-01-09, 19:00",
    ['create_event {"title":"Choir","when":{"date":"2027-01-09","time":"19:00"}}'],
  ],
  ["Please order 10 lamps", ['place_order {"items":[{"product":"lamps","count":10}]}']],
  [
    "Order four plates, two bowls and 12 forks, gift wrapped",
    [
      'place_order {"items":[{"product":"plates","count":4},{"product":"bowls","count":2},{"product":"forks","count":12}],"gift":true}',
    ],
  ],
  ["Are there any teapots in stock?", ['get_stock {"product":"teapots"}']],
  ["Tell me the price of the garden chair", ['get_price {"product":"garden chair"}']],
  [
    "Price of a lamp and price of a plate?",
    ['get_price {"product":"lamp"}', 'get_price {"product":"plate"}'],
  ],
  [
    "The customer wants a refund of 19.90 for the order AB-123",
    ['refund {"order":"AB-123","amount":19.9}'],
  ],
  ["I'd like to cancel my order ZZ-900", ['cancel_order {"order":"ZZ-900"}']],
  ["Are 5 seats free on 2027-03-14?", ['find_seats {"date":"2027-03-14","count":5}']],
  ["Roll a die with 20 sides 4 times", ['roll_dice {"sides":20,"times":4}']],
  ["Heat the kitchen to 21", ['set_temperature {"room":"kitchen","celsius":21}']],
  [
    "New task: Water the plants, low priority",
    ['add_task {"title":"Water the plants","priority":"low"}'],
  ],
  ["Average of 10 and 20", ['average {"numbers":[10,20]}']],
  ["How do I get from Oslo to Bergen by train?", ['route {"from":"Oslo","to":"Bergen"}']],
  ["Force delete the file /tmp/old.log", ['delete_files {"paths":["/tmp/old.log"],"force":true}']],
  ["Thanks a lot.", []],
  ["I live in Oslo and like trains.", []],
];
