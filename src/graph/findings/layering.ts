/** Imports that the project's own rules forbid: from one layer into another, or of something concrete where only abstractions may cross. */
import type { Steps } from '../../base/steps.js';
import type { SymbolKind } from '../../syntax/record.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import type { Edge } from '../graph.js';
import type { Evidence, Examined, Finding } from './finding.js';
import type { OwnCode } from './own-code.js';
import type { LayerRule, Rules } from './rules.js';

const ABSTRACT: ReadonlySet<SymbolKind> = new Set(['interface', 'trait', 'type']);

export function* findLayerBreaks({ examined, paths }: OwnCode, { layers, forbid }: Rules): Steps<Finding[]> {
  if (forbid.length === 0) return [];
  const layersOf = new Map<WorkspacePath, string[]>();
  for (const path of paths) {
    layersOf.set(
      path,
      [...layers].filter(([, has]) => has(path)).map(([name]) => name),
    );
    yield;
  }
  return forbid.flatMap((rule) => {
    const inLayer = (path: WorkspacePath, names: readonly string[]): boolean => layersOf.get(path)?.some((l) => names.includes(l)) === true;
    const broken = examined.graph.edges.filter(
      (e) => e.kind !== 'reference' && inLayer(e.from, rule.from) && inLayer(e.to, rule.to) && !inLayer(e.from, rule.to),
    );
    return broken.flatMap((e) => breakOf(examined, rule, e) ?? []);
  });
}

function breakOf(examined: Examined, rule: LayerRule, edge: Edge): Finding | undefined {
  const { from, to } = edge;
  if (rule.except !== undefined && edge.typeOnly) return undefined;
  const concrete = rule.except === 'abstractions' ? concreteUses(examined, edge) : undefined;
  if (concrete?.length === 0) return undefined;
  const kind = concrete ? 'concrete-dependency' : 'layering';
  const border = `${rule.from.join(', ')} may not import ${rule.to.join(', ')}`;
  return {
    kind,
    principle: concrete ? 'dependency inversion' : 'layers',
    severity: 'high',
    files: [from, to].sort(),
    evidence: concrete ?? [{ path: from, line: edge.line, words: `depends on ${to}` }],
    message: `${from} depends on ${to}: ${border}${concrete ? ', but for abstractions' : ''}${rule.reason === '' ? '' : ` (${rule.reason})`}.`,
    key: `${kind}:${from}->${to}`,
  };
}

/** Lines where `edge.from` uses something of `edge.to` that is no abstraction; its first line where it is not known what is used. */
function concreteUses({ graph, record }: Examined, { from, to, line }: Edge): Evidence[] {
  const uses = graph.links(from).uses.filter((u) => u.target === to && !u.indirect);
  if (uses.length === 0) return [{ path: from, line, words: `depends on ${to}` }];
  const seen = new Set<number>();
  return uses.flatMap(({ reference, symbol }): Evidence[] => {
    const target = record(to)?.symbols[symbol];
    // A member is as abstract as the type it is a member of.
    let owner = target;
    while (owner && owner.container >= 0 && !ABSTRACT.has(owner.kind)) owner = record(to)?.symbols[owner.container];
    if (seen.has(symbol) || (owner && ABSTRACT.has(owner.kind))) return [];
    seen.add(symbol);
    const at = record(from)?.references[reference]?.line ?? line;
    return [{ path: from, line: at, words: `uses ${target ? `the ${target.kind} ${target.name}` : 'the file'} of ${to}` }];
  });
}
