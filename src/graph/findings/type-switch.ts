/**
 * Functions that ask one value for three or more subtypes of one of the project's types: a new
 * subtype must be added to each of them (open/closed). Known for Java, Kotlin, C#, PHP, Python,
 * JavaScript and TypeScript.
 */
import type { Steps } from '../../base/steps.js';
import type { SymbolRecord } from '../../syntax/record.js';
import { codeOf } from './bodies.js';
import type { Finding } from './finding.js';
import { type Hierarchy, lastName } from './hierarchy.js';
import type { OwnCode } from './own-code.js';
import { keyOf, type Place } from './place.js';

/** Subtypes of one base from which on it is a switch. */
const SUBTYPES = 3;

/** Interfaces are asked for what a value can do besides, exceptions for what to tell: neither is a list of alternatives. */
const isAlternative = ({ symbol }: Place): boolean => symbol.kind !== 'interface' && !/(Exception|Error)$/.test(symbol.name);

/** A function without a name begins: what bears the value's name in it is another value. */
const INNER_FUNCTION = /=>\s*\{|\)\s*->\s*\{|\bfunction\b/;

/** Of all subtypes of the base at least one in so many is asked for: what extends everything (a component, a disposable) is no hierarchy. */
const SHARE = 10;

/** What is asked, then for which type. */
const INSTANCEOF = /([\w$.]+(?:\(\))?)\s+instanceof\s+(?:final\s+)?\\?([\w$.\\]+)/g;
const IS = /([\w$.]+(?:\(\))?)\s+!?is\s+(?:not\s+)?([A-Z][\w.]*)/g;
const TESTS: Readonly<Record<string, RegExp>> = {
  java: INSTANCEOF,
  javascript: INSTANCEOF,
  typescript: INSTANCEOF,
  tsx: INSTANCEOF,
  php: INSTANCEOF,
  kotlin: IS,
  csharp: IS,
  python: /\bisinstance\(\s*([\w.]+)\s*,\s*([\w.]+)\s*\)/g,
};

/** What every line with a test has. */
const TEST = /\binstanceof\b|\bis\b|\bisinstance\b/;

/** A test in a function. */
interface Test {
  readonly type: Place;
  readonly line: number;
}

export function* findTypeSwitches({ examined, paths, hierarchy, lines }: OwnCode): Steps<Finding[]> {
  const found: Finding[] = [];
  for (const path of paths) {
    yield;
    const record = examined.record(path);
    const tests = TESTS[record?.language ?? ''];
    if (!record || !tests || !mayTest(record.language, record.words.words)) continue;
    for (const [index, symbol] of record.symbols.entries()) {
      if (symbol.kind !== 'function' && symbol.kind !== 'method' && symbol.kind !== 'constructor') continue;
      // An equality test asks what the other one is by its contract.
      if (/^(equals|__eq__|Equals)$/.test(symbol.name)) continue;
      if (
        !lines(path)
          .slice(symbol.nameLine, symbol.end + 1)
          .some((line) => TEST.test(line))
      )
        continue;
      yield;
      const within: Place = { path, index, symbol };
      const code = codeOf(lines(path), symbol, record.language);
      for (const [value, asked] of testsIn(code, tests, within, hierarchy)) found.push(...switchesOver(within, value, asked, hierarchy));
    }
  }
  return found;
}

const mayTest = (language: string | undefined, words: readonly string[]): boolean =>
  language === 'csharp' || language === 'kotlin' || words.includes(language === 'python' ? 'isinstance' : 'instanceof');

/** Chains of tests of one value. */
function testsIn(code: string, tests: RegExp, { path, index, symbol }: Place, hierarchy: Hierarchy): [string, Test[]][] {
  const chains: [string, Test[]][] = [];
  const open = new Map<string, { end: number; readonly tests: Test[] }>();
  for (const match of code.matchAll(tests)) {
    const [whole, value, name] = match;
    const type = hierarchy.typeNamed(path, lastName(name!.replaceAll('\\', '.')), index, symbol.end);
    if (!type || !isAlternative(type)) continue;
    const line = symbol.nameLine + (code.slice(0, match.index).match(/\n/g)?.length ?? 0);
    const before = open.get(value!);
    const isSame = before !== undefined && !INNER_FUNCTION.test(code.slice(before.end, match.index));
    const chain = isSame ? before : { end: 0, tests: [] };
    if (!isSame) {
      open.set(value!, chain);
      chains.push([value!, chain.tests]);
    }
    chain.end = match.index + whole.length;
    chain.tests.push({ type, line });
  }
  return chains;
}

/** A finding where enough of the types have a base in common; the one nearest to all of them is named. */
function switchesOver({ path, symbol }: Place, value: string, tests: readonly Test[], hierarchy: Hierarchy): Finding[] {
  const under = new Map<string, { readonly base: Place; readonly tests: Map<string, Test> }>();
  for (const test of tests) {
    const key = keyOf(test.type.path, test.type.index);
    for (const base of hierarchy.ancestors(test.type)) {
      const baseKey = keyOf(base.path, base.index);
      const group = under.get(baseKey) ?? { base, tests: new Map<string, Test>() };
      under.set(baseKey, group);
      if (!group.tests.has(key)) group.tests.set(key, test);
    }
  }
  const best = [...under.values()]
    .filter((group) => group.tests.size * SHARE >= hierarchy.descendants(group.base).length)
    .reduce<{ base: Place; tests: Map<string, Test> } | undefined>(
      (most, group) => (group.tests.size > (most?.tests.size ?? SUBTYPES - 1) ? group : most),
      undefined,
    );
  return best ? [describe(path, symbol, value, best.base, [...best.tests.values()])] : [];
}

function describe(path: string, symbol: SymbolRecord, value: string, base: Place, tests: readonly Test[]): Finding {
  return {
    kind: 'type-switch',
    principle: 'open/closed',
    severity: tests.length >= 2 * SUBTYPES ? 'medium' : 'low',
    files: [path],
    evidence: tests.map(({ type, line }) => ({ path, line, words: `asks whether ${value} is a ${type.symbol.name}` })),
    message: `${symbol.name} asks ${value} for ${tests.length} subtypes of ${base.symbol.name}: a new one has to be added here too.`,
    key: `type-switch:${path}#${symbol.name}:${base.symbol.name}`,
  };
}
