/** Invert a dependency: an interface with the members that the client really uses, owned by the client. */
import { counted } from '../base/count.js';
import type { Edge } from '../graph/graph.js';
import { dependentsOf, edgesFrom } from '../graph/neighbours.js';
import type { Snapshot } from '../index/snapshot.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { Action, Scene, Target } from './action.js';
import { crossing, tellCrossing } from './crossings.js';
import { fullName, symbolNamed, usesOf, withInner } from './symbols.js';
import { BRIEF, CARE } from './wording.js';

/** Clients and dependencies that are told. */
const SHOWN = 12;

export const invertDependency: Action = {
  id: 'invert-dependency',
  title: 'Invert Dependency',
  summary: 'extracts the interface that a client really uses, and lets the client own it',
  takes: ['symbol', 'lines', 'file', 'finding'],
  findings: ['concrete-dependency', 'layering', 'cycle'],
  answers: 'proposal',
  demands: 'change',
  wish: { required: false, prompt: 'Which dependency should be inverted? (may be empty)' },
  plan(scene) {
    const { target } = scene;
    const told = target.kind === 'symbol' ? tellSupplier(scene, target.path, target.symbol) : tellClient(scene, target);
    if (typeof told === 'string') return told;
    return {
      title: told.title,
      focus: { path: told.path },
      needs: told.needs,
      instructions: `Invert the dependency: the client is to depend on an abstraction that has the members which it uses, and no others; the concrete code implements it, and whoever puts the program together hands it in.

- The evidence lists what is used over the border and where. Members that are not listed do not go into the interface.
- The abstraction (interface, protocol, trait, function type: what this language and code base use) stands with the client, and knows nothing of the concrete side.
- The client gets the implementation handed in (constructor, parameter), in the way this code base does that already. Find the places that create the client and pass the concrete one there.
- Where a single function is used, a function type is enough. Where the concrete side is pure data or part of the language's own library, change nothing and say why.
- Afterwards no import of the client may lead to the concrete file, and no new loop may be there.
${CARE}

${BRIEF}`,
    };
  },
};

interface Told {
  readonly title: string;
  readonly path: WorkspacePath;
  readonly needs: readonly WorkspacePath[];
}

/** The concrete class is named: every client, with the members that it uses. */
function tellSupplier({ snapshot, evidence }: Scene, path: WorkspacePath, name: string): Told | string {
  const symbols = snapshot.record(path)?.symbols ?? [];
  const index = symbolNamed(symbols, name);
  if (index === undefined) return `There is no symbol "${name}" in ${path}.`;
  const full = fullName(symbols, index);
  const clients = new Map(dependentsOf(snapshot.graph, path).map((user) => [user, crossing(snapshot, user, path)]));
  const uses = usesOf(snapshot, path, index);
  const named = [...new Set(uses.map((u) => u.path))];
  if (named.length === 0) return `No other file uses ${full}, as far as the graph knows.`;
  const inside = withInner(symbols, index);
  const members = new Map<number, Set<WorkspacePath>>();
  for (const client of named)
    for (const { symbol } of clients.get(client)?.used ?? [])
      if (inside.has(symbol) && symbol !== index) members.set(symbol, (members.get(symbol) ?? new Set()).add(client));
  evidence.quote(path, symbols[index]!.start, `${symbols[index]!.kind} ${full}`);
  evidence.say(`Members that ${counted(named.length, 'client')} use, as far as the graph knows:`);
  for (const [symbol, users] of [...members].sort((a, b) => b[1].size - a[1].size || a[0] - b[0])) {
    const { kind, start } = symbols[symbol]!;
    evidence.quote(path, start, `${kind}, used by ${[...users].slice(0, SHOWN).join(', ')}`);
  }
  evidence.say('Where clients name it:');
  for (const { path: from, line, within } of uses.slice(0, 3 * SHOWN)) evidence.quote(from, line, within);
  return { title: `Invert the dependencies on ${full} of ${path}`, path, needs: [path, ...named.slice(0, SHOWN)] };
}

/** The client is named: what it depends on, and what it uses of each. */
function tellClient(scene: Scene, target: Target): Told | string {
  const { snapshot, evidence } = scene;
  if (target.kind === 'finding') for (const { path, line, words } of target.finding.evidence) evidence.quote(path, line, words);
  const path = target.kind === 'finding' ? target.finding.evidence[0]!.path : 'path' in target ? target.path : '';
  const edges = edgesMeant(snapshot, path, target);
  if (edges.length === 0) return `${path} depends on nothing concrete in another file${target.kind === 'lines' ? ' in these lines' : ''}.`;
  for (const edge of edges.slice(0, SHOWN)) tellCrossing(scene, edge);
  const to = edges.length === 1 ? ` on ${edges[0]!.to}` : '';
  return { title: `Invert the dependency of ${path}${to}`, path, needs: [path, ...edges.slice(0, SHOWN).map((e) => e.to)] };
}

const ABSTRACTIONS: ReadonlySet<string> = new Set(['interface', 'trait', 'type']);

/** Whether all that crosses it is abstract already: nothing of that is to be inverted. */
function isAbstract({ graph, record }: Snapshot, { from, to }: Edge): boolean {
  const symbols = record(to)?.symbols ?? [];
  const { used } = crossing({ graph, record }, from, to);
  const top = (symbol: number): number => {
    let at = symbol;
    while ((symbols[at]?.container ?? -1) >= 0) at = symbols[at]!.container;
    return at;
  };
  return used.length > 0 && used.every(({ symbol }) => symbol >= 0 && ABSTRACTIONS.has(symbols[top(symbol)]!.kind));
}

/** Of lines, the dependencies that stand in them; of a finding, those among its files; else the heaviest ones. */
function edgesMeant(snapshot: Snapshot, path: WorkspacePath, target: Target): Edge[] {
  const edges = edgesFrom(snapshot.graph, path)
    .filter((e) => !isAbstract(snapshot, e))
    .sort((a, b) => b.weight - a.weight);
  if (target.kind === 'finding') return edges.filter((e) => target.finding.files.includes(e.to));
  if (target.kind !== 'lines') return edges;
  const { start, end } = target.lines;
  const isIn = (line: number): boolean => line >= start && line <= end;
  return edges.filter((e) => {
    const { imports, used } = crossing(snapshot, path, e.to);
    return [...imports, ...used.flatMap((u) => u.lines)].some(isIn);
  });
}
