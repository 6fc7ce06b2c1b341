/**
 * `.longview/rules.json`: which layers there are and what they may not import, and which
 * findings are known and accepted. The file's format is told in docs/findings.md.
 */
import { bytesOf, compileGlob, type Glob } from '../../workspace/glob.js';
import { FINDING_KINDS, type FindingKind } from './finding.js';

export const RULES_FILE = '.longview/rules.json';

/** What crosses a forbidden border all the same. */
export type LayerException = 'types' | 'abstractions';

export interface LayerRule {
  /** Names of layers. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** `types`: imports that vanish at run time. `abstractions`: those and imports of nothing but interfaces, traits and types. */
  readonly except: LayerException | undefined;
  readonly reason: string;
}

export interface Suppression {
  /** "*" for all. */
  readonly kind: FindingKind | '*';
  readonly path: PathGlob;
  readonly reason: string;
}

/** Whether a path of the workspace is meant. */
export type PathGlob = (path: string) => boolean;

export interface Rules {
  readonly layers: ReadonlyMap<string, PathGlob>;
  readonly forbid: readonly LayerRule[];
  readonly suppress: readonly Suppression[];
}

export const NO_RULES: Rules = { layers: new Map(), forbid: [], suppress: [] };

export type ReadRules =
  | { readonly kind: 'rules'; readonly rules: Rules }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

/**
 * Reads the text of a rules file. A problem says where it is, what is wrong and what to write.
 * @param prefix what stands before the paths of its folder's files ("" for a single root).
 */
export function readRules(text: string, prefix = ''): ReadRules {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { kind: 'wrong', problems: [`is not JSON (${error instanceof Error ? error.message : String(error)}). Mend its syntax.`] };
  }
  const problems: string[] = [];
  const rules = rulesOf(json, prefix, (problem) => problems.push(problem));
  return problems.length > 0 ? { kind: 'wrong', problems } : { kind: 'rules', rules };
}

/** The rules of several folders together. Layers are a folder's own: their names get its prefix. */
export function joinRules(all: readonly Rules[]): Rules {
  return {
    layers: new Map(all.flatMap(({ layers }) => [...layers])),
    forbid: all.flatMap((r) => r.forbid),
    suppress: all.flatMap((r) => r.suppress),
  };
}

type Report = (problem: string) => void;

function rulesOf(json: unknown, prefix: string, report: Report): Rules {
  const top = fields(json, 'The file', ['layers', 'forbid', 'suppress'], report);
  const layers = new Map<string, PathGlob>();
  const given = top.layers ?? {};
  if (!isObject(given)) report('"layers" is no object. Write {"ui": ["src/ui/**"]}.');
  else {
    for (const [name, globs] of Object.entries(given)) {
      layers.set(prefix + name, anyOf(strings(globs, `Layer "${name}"`, '["src/ui/**"]', report), prefix));
    }
  }
  const layerNames = (value: unknown, where: string): string[] =>
    strings(value, where, 'the name of a layer, or a list of names', report).map((name) => {
      if (!layers.has(prefix + name)) report(`${where}: there is no layer "${name}". Define it in "layers".`);
      return prefix + name;
    });
  const forbid = list(top.forbid, '"forbid"', report).map((value, i): LayerRule => {
    const where = `"forbid" ${i + 1}`;
    const { from, to, except, reason } = fields(value, where, ['from', 'to', 'except', 'reason'], report);
    if (except !== undefined && except !== 'types' && except !== 'abstractions')
      report(`${where}: "except" is neither "types" nor "abstractions". Write one of them, or leave it out.`);
    return {
      from: layerNames(from, `${where}, "from"`),
      to: layerNames(to, `${where}, "to"`),
      except: except === 'types' || except === 'abstractions' ? except : undefined,
      reason: optionalText(reason, where, report),
    };
  });
  const suppress = list(top.suppress, '"suppress"', report).map((value, i): Suppression => {
    const where = `"suppress" ${i + 1}`;
    const { kind, path, reason } = fields(value, where, ['kind', 'path', 'reason'], report);
    if (!isKind(kind)) report(`${where}: "kind" is none of ${FINDING_KINDS.join(', ')}, *.`);
    if (typeof reason !== 'string' || reason.trim() === '') report(`${where}: "reason" is missing. Say why this is accepted.`);
    return {
      kind: isKind(kind) ? kind : '*',
      path: anyOf(strings(path, `${where}, "path"`, '"src/legacy/**"', report), prefix),
      reason: optionalText(reason, where, report),
    };
  });
  return { layers, forbid, suppress };
}

const isKind = (kind: unknown): kind is Suppression['kind'] => kind === '*' || FINDING_KINDS.some((k) => k === kind);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of an object; one of another name is a problem, so that a slip of the pen is not taken for "no rule". */
function fields(value: unknown, where: string, names: readonly string[], report: Report): Readonly<Record<string, unknown>> {
  if (!isObject(value)) {
    report(`${where} is no object. Write {${names.map((n) => `"${n}": …`).join(', ')}}.`);
    return {};
  }
  for (const name of Object.keys(value)) {
    if (name !== '$schema' && !names.includes(name)) report(`${where}: "${name}" is unknown. Known are ${names.join(', ')}.`);
  }
  return value;
}

function list(value: unknown, where: string, report: Report): readonly unknown[] {
  if (value === undefined || Array.isArray(value)) return value ?? [];
  report(`${where} is no list. Write [{…}].`);
  return [];
}

/** A text or a list of texts. */
function strings(value: unknown, where: string, example: string, report: Report): string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = all.filter((v): v is string => typeof v === 'string' && v !== '');
  if (texts.length === 0 || texts.length < all.length) report(`${where} is missing or no text. Write ${example}.`);
  return texts;
}

function optionalText(value: unknown, where: string, report: Report): string {
  if (value !== undefined && typeof value !== 'string') report(`${where}: "reason" is no text.`);
  return typeof value === 'string' ? value : '';
}

/** Patterns as in .gitignore, always from the folder of the rules on; one that ends with "/" means all in that folder. */
function anyOf(patterns: readonly string[], prefix: string): PathGlob {
  const globs: Glob[] = patterns.map((p) => compileGlob(bytesOf(p.replace(/^\.?\//, '').replace(/\/$/, '/**'))));
  return (path) => path.startsWith(prefix) && globs.some((glob) => glob(bytesOf(path.slice(prefix.length))));
}
