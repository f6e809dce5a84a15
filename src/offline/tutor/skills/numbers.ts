import type { Skill } from "../skill.ts";
import { aboutNumbers } from "../sums/about-numbers.ts";
import { solveEquation } from "../sums/equation.ts";
import { convertUnits } from "../sums/units.ts";

/** Answers questions about numbers that are no plain sum: primes, averages, units, an equation. */
export const numbers: Skill = {
  name: "numbers",
  answer: ({ line }) => aboutNumbers(line) ?? convertUnits(line) ?? solveEquation(line),
  examples: [
    { asked: "Is 91 a prime number?", answer: "No, 91 is not a prime number: it is 7 × 13." },
    { asked: "convert 10 km to miles", answer: "6.2137" },
    { asked: "how many seconds in a day?", answer: "86400" },
    { asked: "solve 3x + 5 = 20", answer: "x = 5" },
    { asked: "sqrt of 144", answer: "√144 is 12." },
    { asked: "What is the average of 4, 8 and 12?", answer: "is 8." },
  ],
};
