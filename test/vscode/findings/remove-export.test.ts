import assert from 'node:assert/strict';
import { removeExport } from '../../../src/vscode/findings/remove-export.js';

/** The text without the words; undefined where nothing is offered. */
function without(name: string, text: string, language = 'typescript'): string | undefined {
  const lines = text.split('\n');
  const removals = removeExport(lines, language, name);
  if (!removals) return undefined;
  for (const { line, start, end } of removals) lines[line] = lines[line]!.slice(0, start) + lines[line]!.slice(end);
  return lines.join('\n');
}

describe('vscode/findings/remove-export', () => {
  it('takes the word away from functions, classes, types and enums', () => {
    assert.equal(without('f', 'export async function f() {}'), 'async function f() {}');
    assert.equal(without('A', 'export abstract class A {}'), 'abstract class A {}');
    assert.equal(without('T', 'export type T = 1;'), 'type T = 1;');
    assert.equal(without('E', 'export const enum E { a }'), 'const enum E { a }');
  });

  it('takes it away from every signature of a function', () => {
    const overloads = 'export function f(a: 1): 1;\nexport function f(a: 2): 2;\nexport function f(a: unknown) { return a; }';
    assert.equal(without('f', overloads), overloads.replaceAll('export ', ''));
  });

  it('takes it away from a variable that stands alone', () => {
    assert.equal(without('a', 'export const a = f(1, [2, 3]);'), 'const a = f(1, [2, 3]);');
    assert.equal(without('a', "export const a = 'x, y';"), "const a = 'x, y';");
    assert.equal(
      without('a', 'export const a = {\n  b: 1,\n  c: 2,\n} as const;\nnext();'),
      'const a = {\n  b: 1,\n  c: 2,\n} as const;\nnext();',
    );
    assert.equal(
      without('a', 'export const a = (x: number): number => {\n  return x;\n};'),
      'const a = (x: number): number => {\n  return x;\n};',
    );
  });

  it('offers nothing where the statement exports more, or exports it otherwise', () => {
    assert.equal(without('a', 'export const a = 1, b = 2;'), undefined);
    assert.equal(without('a', 'export const a = {\n  x: 1,\n}, b = 2;'), undefined);
    assert.equal(without('a', 'export const a =\n  1,\n  b = 2;'), undefined);
    assert.equal(without('f', 'export function f() {}\nexport { f as g };'), undefined);
    assert.equal(without('f', 'export function f() {}\nexport {\n  f as g,\n};'), undefined);
    assert.equal(without('f', 'export default function f() {}'), undefined);
    assert.equal(without('f', 'const f = 1;\nexport { f };'), undefined);
    assert.equal(without('Run', 'func Run() {}', 'go'), undefined);
  });
});
