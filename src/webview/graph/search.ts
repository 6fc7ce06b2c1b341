/** Finds files and folders by what is typed: all words of it, in the path, best in the name. */
import type { GraphModel, Item } from './model.js';

/** The best items, best first. */
export function searchItems(model: GraphModel, query: string, limit: number): Item[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found: { readonly item: Item; readonly rank: number; readonly length: number }[] = [];
  for (let item = 0; item < model.files + model.folders; item++) {
    const path = model.path(item).toLowerCase();
    const name = model.name(item).toLowerCase();
    let rank = 0;
    for (const word of words) {
      const at = name.indexOf(word);
      if (at === 0) rank += name === word || name.startsWith(`${word}.`) ? 4 : 3;
      else if (at > 0) rank += 2;
      else if (path.includes(word)) rank += 1;
      else {
        rank = 0;
        break;
      }
    }
    if (rank > 0) found.push({ item, rank, length: path.length });
  }
  return found
    .sort((a, b) => b.rank - a.rank || a.length - b.length || a.item - b.item)
    .slice(0, limit)
    .map(({ item }) => item);
}
