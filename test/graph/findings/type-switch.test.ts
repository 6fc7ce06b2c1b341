import assert from 'node:assert/strict';
import { shownIn } from './findings.js';

const switches = (files: Readonly<Record<string, string>>): Promise<string[]> => shownIn(files, 'type-switch');

const SHAPES = `export class Shape {}
export class Circle extends Shape {}
export class Square extends Shape {}
export class Line extends Shape {}
`;
const area = (body: string): Record<string, string> => ({
  'shapes.ts': SHAPES,
  'area.ts': `import { Circle, Line, Square } from './shapes';\nexport function area(s: unknown, t: unknown) {\n${body}\n}\n`,
});

describe('graph/findings/type-switch', () => {
  it('finds a chain over three subtypes of one type', async () => {
    assert.deepEqual(
      await switches(
        area('  if (s instanceof Circle) return 1;\n  if (s instanceof Square) return 2;\n  return s instanceof Line ? 0 : 3;'),
      ),
      ['low type-switch: area.ts:3 asks whether s is a Circle | area.ts:4 asks whether s is a Square | area.ts:5 asks whether s is a Line'],
    );
  });

  it('counts what one value is asked for, not what two are, nor two of one name', async () => {
    assert.deepEqual(await switches(area('  return s instanceof Circle || s instanceof Square || t instanceof Line;')), []);
    assert.deepEqual(
      await switches(
        area('  on((s) => {\n    s instanceof Circle;\n    s instanceof Square;\n  });\n  on((s) => {\n    s instanceof Line;\n  });'),
      ),
      [],
    );
  });

  it('needs a tenth of the subtypes: what everything extends is no hierarchy', async () => {
    const files = area('  return s instanceof Circle || s instanceof Square || s instanceof Line;');
    const more = (n: number): string => Array.from({ length: n }, (_, i) => `export class S${i} extends Shape {}\n`).join('');
    assert.equal((await switches({ ...files, 'shapes.ts': SHAPES + more(27) })).length, 1);
    assert.equal((await switches({ ...files, 'shapes.ts': SHAPES + more(28) })).length, 0);
  });

  it('takes no comment and no text for a test', async () => {
    assert.deepEqual(
      await switches(area('  // s instanceof Line\n  "s instanceof Line";\n  return s instanceof Circle || s instanceof Square;')),
      [],
    );
  });

  it('knows the tests of Java, Kotlin, C# and Python', async () => {
    const java = (name: string, base: string): [string, string] => [
      `shapes/${name}.java`,
      `package shapes;\npublic class ${name}${base === '' ? '' : ` extends ${base}`} {}\n`,
    ];
    const shown = await switches({
      ...Object.fromEntries([java('Shape', ''), java('Circle', 'Shape'), java('Square', 'Shape'), java('Line', 'Shape')]),
      'shapes/Area.java':
        'package shapes;\nclass Area {\n  int of(Shape s) {\n    if (s instanceof Circle) return 1;\n    if (s instanceof Square) return 2;\n    if (s instanceof Line) return 0;\n    return 3;\n  }\n}\n',
      'Shapes.cs': 'namespace N;\nclass Shape {}\nclass Circle : Shape {}\nclass Square : Shape {}\nclass Line : Shape {}\n',
      'Area.cs':
        'namespace N;\nclass Area {\n  int Of(Shape s) {\n    if (s is Circle c) return 1;\n    if (s is Square) return 2;\n    return s is Line ? 0 : 3;\n  }\n}\n',
      'shapes.py': 'class Shape: pass\nclass Circle(Shape): pass\nclass Square(Shape): pass\nclass Line(Shape): pass\n',
      'area.py':
        'from shapes import Circle, Line, Square\n\ndef area(s):\n    if isinstance(s, Circle): return 1\n    if isinstance(s, Square): return 2\n    if isinstance(s, Line): return 0\n',
    });
    assert.deepEqual(
      shown.map((line) => /: (\S+)/.exec(line)?.[1]),
      ['Area.cs:4', 'area.py:4', 'shapes/Area.java:4'],
    );
  });

  it('leaves exceptions to those who report them, and interfaces to those who ask what a value can do', async () => {
    assert.deepEqual(
      await switches({
        'e.py':
          'class ShopError(Exception): pass\nclass AError(ShopError): pass\nclass BError(ShopError): pass\nclass CError(ShopError): pass\n',
        'f.py':
          'from e import AError, BError, CError\n\ndef tell(e):\n    return isinstance(e, AError) or isinstance(e, BError) or isinstance(e, CError)\n',
      }),
      [],
    );
  });
});
