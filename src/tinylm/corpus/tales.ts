/**
 * Short tales: an opening that names a hero, then one of a few plots, three to five sentences in
 * words the facts do not use up. What the hero has or wants is named again later, so that there is
 * something for attention to look back at.
 */
import { pick, type Random, weighted } from "../random.ts";
import { HELD_OUT_TALE_OPENINGS } from "./held-out.ts";

interface Hero {
  name: string;
  animal: string;
  he: string;
  his: string;
}

export const GIRLS = ["Mia", "Anna", "Lily", "Nora", "Rosa", "Emma"] as const;
export const BOYS = ["Ben", "Tom", "Max", "Leo", "Paul", "Finn"] as const;
const ANIMALS = ["cat", "dog", "fox", "mouse", "bear", "rabbit", "duck", "hen", "frog", "horse"];
const MANNERS = ["little", "brave", "young", "clever", "small", "happy"];
const PLACES = ["garden", "forest", "village", "house by the sea", "barn", "valley"];
const THINGS = ["ball", "hat", "boat", "bell", "kite", "drum", "ring", "lamp"];
const COLORS = ["red", "blue", "green", "yellow", "white"];
const FOODS = ["cake", "bread", "soup", "apple pie", "honey"];
const WISHES = ["fly", "swim", "sing", "dance", "read"];
const SPOTS = ["under a tree", "behind the hill", "in the pond", "in the tall grass"];
const ENDINGS: readonly ((hero: Hero) => string)[] = [
  ({ name }) => `${name} was very happy.`,
  ({ name }) => `Then ${name} went home and slept well.`,
  ({ name }) => `${name} smiled and sang a song.`,
  () => "And they were friends ever after.",
];

export function makeTale(random: Random): string {
  const hero = makeHero(random);
  return [makeOpening(random, hero), ...pick(random, PLOTS)(random, hero)].join(" ");
}

/** Two sentences: long enough for an answer. */
export function makeShortTale(random: Random): string {
  const hero = makeHero(random);
  const friend = otherAnimal(random, hero);
  const second = pick(random, [
    `${hero.name} met a ${friend} and they became friends.`,
    `${hero.name} found a ${pick(random, THINGS)} and was very happy.`,
    `${hero.name} learned to ${pick(random, WISHES)} and smiled.`,
  ]);
  return `${makeOpening(random, hero)} ${second}`;
}

function makeHero(random: Random): Hero {
  const animal = pick(random, ANIMALS);
  return random() < 0.5
    ? { name: pick(random, GIRLS), animal, he: "she", his: "her" }
    : { name: pick(random, BOYS), animal, he: "he", his: "his" };
}

function makeOpening(random: Random, { name, animal }: Hero): string {
  for (;;) {
    const hero = `a ${pick(random, MANNERS)} ${animal} named ${name}`;
    const opening = weighted(random, [
      [`Once upon a time there was ${hero}.`, 6],
      [`There was once ${hero}.`, 2],
      [`In a ${pick(random, PLACES)} there lived ${hero}.`, 2],
    ]);
    if (!HELD_OUT_TALE_OPENINGS.includes(opening)) return opening;
  }
}

function otherAnimal(random: Random, { animal }: Hero): string {
  return pick(
    random,
    ANIMALS.filter((other) => other !== animal),
  );
}

type Plot = (random: Random, hero: Hero) => string[];

const PLOTS: readonly Plot[] = [
  function lost(random, hero) {
    const thing = pick(random, THINGS);
    return [
      `${hero.name} had a ${pick(random, COLORS)} ${thing}.`,
      `One day the ${thing} was gone.`,
      `A ${otherAnimal(random, hero)} found the ${thing} ${pick(random, SPOTS)}.`,
      pick(random, ENDINGS)(hero),
    ];
  },
  function met(random, hero) {
    const friend = otherAnimal(random, hero);
    return [
      `One day ${hero.name} met a ${friend}.`,
      `"Will you play with me?" said the ${friend}.`,
      `${hero.name} and the ${friend} ${pick(random, ["played", "sang", "danced"])} all day.`,
    ];
  },
  function shared(random, hero) {
    const friend = otherAnimal(random, hero);
    const food = pick(random, FOODS);
    return [
      `${hero.name} made some ${food}.`,
      `A hungry ${friend} came to the door.`,
      `${hero.name} gave the ${friend} half of the ${food}.`,
      pick(random, ENDINGS)(hero),
    ];
  },
  function learned(random, hero) {
    const wish = pick(random, WISHES);
    return [
      `${hero.name} wanted to ${wish}.`,
      `The old ${otherAnimal(random, hero)} showed ${hero.name} how to ${wish}.`,
      `Soon ${hero.he} could ${wish} very well.`,
    ];
  },
  function afraid(random, hero) {
    const friend = otherAnimal(random, hero);
    return [
      `${hero.name} was afraid of the dark.`,
      `One night a ${friend} came with a ${pick(random, COLORS)} lamp.`,
      `Now ${hero.he} was not afraid any more.`,
    ];
  },
  function rain(random, hero) {
    return [
      `It rained and ${hero.he} could not find ${hero.his} way home.`,
      `A ${otherAnimal(random, hero)} showed ${hero.name} the way.`,
      pick(random, ENDINGS)(hero),
    ];
  },
];
