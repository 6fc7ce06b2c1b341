import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findPlace } from '../../src/proposals/match.js';
import { changeLines, splitLines } from '../../src/proposals/text-lines.js';

/** The file after the replacement, or what kind of match it was. */
function replaced(file: string, find: string, replace: string): string {
  const lines = splitLines(file);
  const place = findPlace(lines, { find, replace });
  return place.kind === 'found' ? changeLines(lines, [place.change]) : place.kind;
}

describe('proposals/match', () => {
  it('replaces lines that stand there once, and leaves every other byte', () => {
    assert.equal(replaced('a\nb\nc\n', 'b\n', 'B\nB2\n'), 'a\nB\nB2\nc\n');
    assert.equal(replaced('a\nb\nc', 'c\n', 'd\n'), 'a\nb\nd');
    assert.equal(replaced('a\nb\nc\n', 'b\n', ''), 'a\nc\n');
  });

  it('gives new lines the line breaks of those they replace', () => {
    assert.equal(replaced('a\r\nb\r\nc\n', 'b\n', 'x\ny\n'), 'a\r\nx\r\ny\r\nc\n');
    assert.equal(replaced('a\rb\r', 'b\n', 'x\ny\n'), 'a\rx\ry\r');
  });

  it('never takes the first of many', () => {
    assert.equal(replaced('x\ny\nx\n', 'x\n', 'z\n'), 'ambiguous');
    assert.equal(replaced('  x\n    x\n', 'x\n', 'z\n'), 'ambiguous');
    assert.equal(replaced('aXbXc', 'X', 'z'), 'ambiguous');
    assert.equal(replaced('aaa\n', 'aa', 'b'), 'ambiguous');
  });

  it('carries an indentation over that is the same all along', () => {
    const file = 'class A {\n\tf() {\n\t\tif (x) {\n\t\t\ty();\n\t\t}\n\t}\n}\n';
    const find = 'if (x) {\n  y();\n}\n';
    assert.equal(
      replaced(file, find, 'if (x) {\n  while (y()) {\n    z();\n  }\n}\n'),
      'class A {\n\tf() {\n\t\tif (x) {\n\t\t\twhile (y()) {\n\t\t\t\tz();\n\t\t\t}\n\t\t}\n\t}\n}\n',
    );
    assert.equal(replaced('    a\n    b\n', 'a\nb\n', 'a\n  c\nb\n'), '    a\n      c\n    b\n');
  });

  it('refuses an indentation that says something else, or does not say enough', () => {
    assert.equal(replaced('def f():\n    if x:\n        y()\n    z()\n', 'if x:\n    y()\n    z()\n', 'w()\n'), 'not-found');
    assert.equal(replaced('\t\ta\n', ' a\n', ' a\n   b\n'), 'indentation-unclear');
  });

  it('does not care for white space at the ends of lines, nor for empty lines around', () => {
    assert.equal(replaced('a  \nb\n', 'a\nb\n', 'c\n'), 'c\n');
    assert.equal(replaced('x\na\nb\ny\n', '\na\nb\n\n', '\nc\n\n'), 'x\nc\ny\n');
  });

  it('finds part of a line only where it was not asked for whole lines', () => {
    assert.equal(replaced('let a = 1;\n', 'a = 1', 'a = 2'), 'let a = 2;\n');
    assert.equal(replaced('let a = 1;\nlet b;\n', '= 1;\nlet', '= 2;\nvar'), 'let a = 2;\nvar b;\n');
    assert.equal(replaced('let a = 1;\n', 'a = 1\n', 'a = 2\n'), 'not-found');
  });

  it('puts lines into an empty file, and nowhere else without something to hold on to', () => {
    assert.equal(replaced('', '', 'a\n'), 'a\n');
    assert.equal(replaced('a\n', '', 'b\n'), 'not-found');
    assert.equal(replaced('a\n\nb\n', '\n', 'b\n'), 'not-found');
  });

  it('shows the place that comes nearest', () => {
    const place = findPlace(splitLines('one\ntwo\n  three\nfour\nfive\n'), { find: 'two\nthree!\nfour\n', replace: '' });
    assert.deepEqual(place, { kind: 'not-found', closest: { line: 1, text: 'two\n  three\nfour' } });
    assert.deepEqual(findPlace(splitLines('one\n'), { find: 'else\n', replace: '' }), { kind: 'not-found', closest: undefined });
  });

  const someLine = fc.constantFrom('', 'a', 'b', '  a', '\tb', '}', 'a ', 'ab');
  const someText = fc
    .tuple(fc.array(fc.tuple(someLine, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 12 }), someLine)
    .map(([lines, last]) => lines.map(([l, e]) => l + e).join('') + last);

  it('changes nothing outside of the place, whatever the file and the replacement', () => {
    fc.assert(
      fc.property(someText, someText, someText, (file, find, replace) => {
        const lines = splitLines(file);
        assert.equal(lines.lines.map((l, i) => l + lines.ends[i]).join(''), file);
        const place = findPlace(lines, { find, replace });
        if (place.kind !== 'found') return;
        const { start, end } = place.change;
        const whole = (from: number, to: number): string =>
          lines.lines
            .slice(from, to)
            .map((l, i) => l + lines.ends[from + i])
            .join('');
        const after = changeLines(lines, [place.change]);
        assert.ok(after.startsWith(whole(0, start)));
        assert.ok(after.endsWith(whole(end, lines.lines.length)));
        // The text that was looked for is all that goes.
        const words = (text: string): string => text.replace(/\s+/g, '');
        assert.ok(words(whole(start, end)).includes(words(find)));
      }),
      { numRuns: 20_000 },
    );
  });

  it('finds every run of lines that stands in the file once, exactly there', () => {
    fc.assert(
      fc.property(fc.array(someLine, { minLength: 1, maxLength: 15 }), fc.nat(), fc.nat(), (lines, a, b) => {
        const [start, end] = [Math.min(a % lines.length, b % lines.length), Math.max(a % lines.length, b % lines.length) + 1];
        const find = lines.slice(start, end);
        if (find.every((l) => l.trim() === '')) return;
        const places = lines.flatMap((_, i) => (find.every((l, k) => lines[i + k] === l) ? [i] : []));
        const place = findPlace({ lines, ends: lines.map(() => '\n') }, { find: find.map((l) => `${l}\n`).join(''), replace: 'new\n' });
        if (places.length > 1) assert.equal(place.kind, 'ambiguous');
        else assert.ok(place.kind === 'found' && place.how === 'exact' && place.change.start === start && place.change.end === end);
      }),
      { numRuns: 5_000 },
    );
  });

  it('takes time linear in the file, however often its lines repeat', () => {
    const file = { lines: Array<string>(300_000).fill('x'), ends: Array<string>(300_000).fill('\n') };
    const place = findPlace(file, { find: `${'x\n'.repeat(100_000)}y\n`, replace: '' });
    assert.equal(place.kind, 'not-found');
  });
});
