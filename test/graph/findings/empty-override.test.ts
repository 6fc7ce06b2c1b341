import assert from 'node:assert/strict';
import { findingsIn, shownIn } from './findings.js';

const empty = (files: Readonly<Record<string, string>>): Promise<string[]> => shownIn(files, 'empty-override');

const MACHINE =
  'package m;\npublic interface Machine {\n  void print(String s);\n  void scan();\n  void fax(String to);\n  default void stop() { }\n}\n';
const printer = (name: string, body = ''): Record<string, string> => ({
  'm/Machine.java': MACHINE,
  [`m/${name}.java`]: `package m;\nclass ${name} implements Machine {\n  public void print(String s) { out.add(s); }\n  public void scan() { ${body} }\n  public void fax(String to) {\n    // has none\n  }\n}\n`,
});

describe('graph/findings/empty-override', () => {
  it('finds a class that leaves members of an interface empty and does something for others', async () => {
    assert.deepEqual(await empty(printer('Printer')), [
      'low empty-override: m/Printer.java:4 Printer.scan does nothing | m/Printer.java:5 Printer.fax does nothing | m/Machine.java:2 Machine asks for 3 members',
    ]);
    const [finding] = await findingsIn(printer('Printer'), 'empty-override');
    assert.equal(
      finding?.message,
      'Printer leaves 2 of the 3 members of Machine empty: Machine asks for more than each of its implementers can give.',
    );
  });

  it('finds it in C#, Kotlin, PHP and TypeScript', async () => {
    const shown = await empty({
      'Machine.cs': 'namespace M;\npublic interface IMachine {\n  void Print();\n  void Scan();\n  void Fax();\n}\n',
      'Printer.cs':
        'namespace M;\npublic class Printer : IMachine {\n  public void Print() { Out(); }\n  public void Scan() { }\n  public void Fax() { }\n}\n',
      'Machine.kt': 'package m\ninterface Machine {\n  fun print(s: String = "")\n  fun scan()\n  fun fax(): Unit\n}\n',
      'Printer.kt':
        'package m\nclass Printer : Machine {\n  override fun print(s: String) { out(s) }\n  override fun scan() {}\n  override fun fax(): Unit {}\n}\n',
      'composer.json': '{"autoload": {"psr-4": {"M\\\\": ""}}}',
      'Machine.php':
        '<?php\nnamespace M;\ninterface Machine {\n  public function print();\n  public function scan();\n  public function fax(): void;\n}\n',
      'Printer.php':
        '<?php\nnamespace M;\nclass Printer implements Machine {\n  public function print() { echo 1; }\n  public function scan() { return; }\n  public function fax(): void {\n  }\n}\n',
      'machine.ts': 'export interface Machine {\n  print(s: string): void;\n  scan(): void;\n  fax(): void;\n}\n',
      'printer.ts':
        "import { Machine } from './machine';\nexport class Printer implements Machine {\n  print(s: string) { out(s); }\n  scan(): void {}\n  fax(): void {}\n}\n",
    });
    assert.deepEqual(
      shown.map((line) => /: (\S+)/.exec(line)?.[1]),
      ['Printer.cs:4', 'Printer.kt:4', 'Printer.php:5', 'printer.ts:4'],
    );
  });

  it('leaves alone one empty hook, classes that say that they do nothing, that do nothing at all, or that others fill in', async () => {
    assert.deepEqual(await empty(printer('Printer', 'light.on();')), []);
    assert.deepEqual(await empty(printer('NoopPrinter')), []);
    assert.deepEqual(await empty(printer('PrinterAdapter')), []);
    const silent = printer('Silent');
    silent['m/Silent.java'] = silent['m/Silent.java']!.replace('out.add(s);', '');
    assert.deepEqual(await empty(silent), []);
    assert.deepEqual(
      await empty({
        ...printer('Printer'),
        'm/Big.java': 'package m;\nclass Big extends Printer {\n  public void scan() { light.on(); }\n}\n',
      }),
      [],
    );
  });
});
