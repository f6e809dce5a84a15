/** Runs something for each item, a number at a time; results are in the order of the items. */
export async function inParallel<Item, Found>(
  items: readonly Item[],
  most: number,
  run: (item: Item) => Promise<Found>,
): Promise<Found[]> {
  const found: Found[] = [];
  const left = [...items.entries()];
  const takeOneAfterTheOther = async () => {
    for (let next = left.shift(); next; next = left.shift()) found[next[0]] = await run(next[1]);
  };
  await Promise.all(Array.from({ length: most }, takeOneAfterTheOther));
  return found;
}
