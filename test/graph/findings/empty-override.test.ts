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

  it('finds it in Python, Ruby and JavaScript, whose abstract members are marked or only throw', async () => {
    const shown = await empty({
      'machine.py':
        'from abc import ABC, abstractmethod\n\nclass Machine(ABC):\n    @abstractmethod\n    def print(self, s): ...\n\n    @abstractmethod\n    def scan(self):\n        """Reads a page."""\n\n    def fax(self, to):\n        raise NotImplementedError\n\n    def stop(self):\n        pass\n',
      'printer.py':
        'from machine import Machine\n\nclass Printer(Machine):\n    def print(self, s):\n        out(s)\n\n    def scan(self):\n        """It has none."""\n        return None\n\n    def fax(self, to):\n        pass\n\n    def stop(self):\n        pass\n',
      'machine.rb':
        'class Machine\n  def print(s) = raise(NotImplementedError)\n  def scan\n    raise NotImplementedError\n  end\n  def fax(to)\n    raise NotImplementedError, "#{to}"\n  end\nend\n',
      'printer.rb':
        "require_relative 'machine'\nclass Printer < Machine\n  def print(s)\n    out(s)\n  end\n  def scan; end\n  def fax(to)\n    # has none\n  end\nend\n",
      'machine.js':
        "export class Machine {\n  print(s) { throw new Error('not implemented'); }\n  scan() { throw new Error('not implemented'); }\n  fax() { throw new Error('not implemented'); }\n  stop() {}\n}\n",
      'printer.js':
        "import { Machine } from './machine.js';\nexport class Printer extends Machine {\n  print(s) { out(s); }\n  scan() {}\n  fax() {}\n}\n",
    });
    assert.deepEqual(
      shown.map((line) => /: (\S+).*(asks for .*)$/.exec(line)?.slice(1).join(' ')),
      ['printer.js:4 asks for 3 members', 'printer.py:7 asks for 3 members', 'printer.rb:6 asks for 3 members'],
    );
  });

  it('finds it in Go, Rust, Swift and Scala', async () => {
    const shown = await empty({
      'go.mod': 'module m\n',
      'machine.go':
        'package m\n\ntype Machine interface {\n\tPrint(s string)\n\tScan()\n\tFax(to string)\n}\n\ntype Printer struct{}\n\nfunc (p Printer) Print(s string) { out(s) }\nfunc (p Printer) Scan() {}\nfunc (p Printer) Fax(to string) {\n\t// has none\n}\n',
      'Cargo.toml': '[package]\nname = "m"\n',
      'src/lib.rs':
        "pub trait Machine {\n    fn print(&mut self, s: &str) -> Result<(), Error>;\n    fn scan<'a>(&'a mut self, to: &'a str);\n    fn fax(&mut self);\n    fn stop(&mut self) {}\n}\npub struct Printer;\nimpl Machine for Printer {\n    fn print(&mut self, s: &str) -> Result<(), Error> { out(s) }\n    fn scan<'a>(&'a mut self, to: &'a str) {}\n    fn fax(&mut self) {}\n}\n",
      'Machine.swift': 'protocol Machine {\n  func print(s: String)\n  func scan()\n  func fax()\n}\n',
      'Printer.swift': 'class Printer: Machine {\n  func print(s: String) { out(s) }\n  func scan() {}\n  func fax() {}\n}\n',
      'm/Machine.scala':
        'package m\n\ntrait Machine {\n  def print(s: String = "a"): Unit\n  def scan(): Unit\n  def fax(to: List[String]): Unit\n  def stop(): Unit = {}\n}\n',
      'm/Printer.scala':
        'package m\n\nclass Printer extends Machine {\n  def print(s: String): Unit = out(s)\n  def scan(): Unit = ()\n  override def fax(to: List[String]): Unit = {}\n}\n',
    });
    assert.deepEqual(
      shown.map((line) => /: (\S+).*(asks for .*)$/.exec(line)?.slice(1).join(' ')),
      [
        'Printer.swift:3 asks for 3 members',
        'm/Printer.scala:5 asks for 3 members',
        'machine.go:12 asks for 3 members',
        'src/lib.rs:10 asks for 3 members',
      ],
    );
  });

  it('finds it of an abstract class', async () => {
    const machine = MACHINE.replace('interface', 'abstract class')
      .replaceAll('  void', '  public abstract void')
      .replace('default', 'public');
    const files = printer('Printer');
    files['m/Machine.java'] = machine;
    files['m/Printer.java'] = files['m/Printer.java']!.replace('implements', 'extends');
    assert.equal((await empty(files)).length, 1);
  });

  it('leaves alone one empty hook, classes that say that they do nothing, that do nothing at all, or that others fill in', async () => {
    assert.deepEqual(await empty(printer('Printer', 'light.on();')), []);
    assert.deepEqual(await empty(printer('NoopPrinter')), []);
    assert.deepEqual(await empty(printer('PrinterAdapter')), []);
    assert.deepEqual(await empty(printer('NoPrinter')), []);
    const overloaded = printer('Printer');
    overloaded['m/Printer.java'] = overloaded['m/Printer.java']!.replace('fax(String to)', 'fax(int to)');
    assert.deepEqual(await empty(overloaded), []);
    const said = printer('Printer');
    said['m/Printer.java'] = said['m/Printer.java']!.replace('class', '/** A no-op but for print. */\nclass');
    assert.deepEqual(await empty(said), []);
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
