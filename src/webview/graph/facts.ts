/** What is told of a file or a folder. */
import type { EdgeKindName, GraphModel, Item } from './model.js';

/** An edge from the view of one of its ends. */
export interface LinkFact {
  /** The file at the other end. */
  readonly file: number;
  readonly kind: EdgeKindName;
  readonly resolved: boolean;
  readonly typeOnly: boolean;
  /** 0-based line of the first link, in the file that depends. */
  readonly line: number;
}

export interface FileFact {
  readonly dependencies: readonly LinkFact[];
  readonly dependents: readonly LinkFact[];
  /** fanOut / (fanIn + fanOut), 0 stable to 1 unstable; undefined for a file without edges. */
  readonly instability: number | undefined;
  /** Files of the cycle it is in. */
  readonly cycle: number;
  /** A shortest way round in that cycle; undefined for a file in none. */
  readonly loop: readonly number[] | undefined;
}

export interface FolderFact {
  readonly files: number;
  /** o200k tokens. */
  readonly tokens: number;
  readonly lines: number;
  /** Edges inside, to the outside and from it. */
  readonly inside: number;
  readonly outgoing: number;
  readonly incoming: number;
}

export function factOfFile(model: GraphModel, file: number): FileFact {
  const fact = (e: number, other: number): LinkFact => ({
    file: other,
    kind: model.kindOf(e),
    resolved: model.isResolved(e),
    typeOnly: model.isTypeOnly(e),
    line: model.line[e]!,
  });
  const dependencies = [...model.outgoing(file)].map((e) => fact(e, model.to[e]!));
  const dependents = [...model.incoming(file)].map((e) => fact(e, model.from[e]!));
  const links = dependencies.length + dependents.length;
  const cycle = model.columns.cycles[model.cycleOf[file]!];
  return {
    dependencies,
    dependents,
    instability: links === 0 ? undefined : dependencies.length / links,
    cycle: cycle?.files.length ?? 0,
    loop: cycle && [...cycle.shortest],
  };
}

export function factOfFolder(model: GraphModel, folder: Item): FolderFact {
  const { parents, folderOf, tokens, lines } = model.columns;
  const inside = new Uint8Array(model.folders);
  for (let f = folder - model.files; f < model.folders; f++)
    inside[f] = f === folder - model.files || (f > 0 && inside[parents[f]!] === 1) ? 1 : 0;
  const fact = { files: 0, tokens: 0, lines: 0, inside: 0, outgoing: 0, incoming: 0 };
  for (let n = 0; n < model.files; n++) {
    if (inside[folderOf[n]!] !== 1) continue;
    fact.files++;
    fact.tokens += tokens[n]!;
    fact.lines += lines[n]!;
    for (const e of model.outgoing(n))
      if (inside[folderOf[model.to[e]!]!] === 1) fact.inside++;
      else fact.outgoing++;
    for (const e of model.incoming(n)) if (inside[folderOf[model.from[e]!]!] !== 1) fact.incoming++;
  }
  return fact;
}
