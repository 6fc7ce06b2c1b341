import assert from 'node:assert/strict';
import { recordOf, shownSymbols } from '../workspaces.js';

describe('grammars: Swift', () => {
  it('reads types, extensions, members and enum cases, and leaves locals out', async () => {
    const record = await recordOf(
      'a.swift',
      `import Foundation
@testable import struct Alamofire.Session

/// A user.
@available(iOS 13, *)
public final class User<T: Base>: Parent<T>, Codable {
    let name: String, age: Int
    private static let shared = User()
    private(set) var list: [Foo]? {
        didSet { print(list) }
    }
    init(name: String) throws {
        let local = name
    }
    func run(with foos: Foo...) async -> Outer.Inner {
        go()
    }
    subscript(index: Int) -> Foo {
        list[index]
    }
    enum Kind: String {
        case one, two(Foo)
    }
}

extension User.Kind: Shown {
    fileprivate func show() {}
}

protocol Shown: AnyObject {
    associatedtype Result
    var shown: Bool { get }
    func show()
}

let limit = 3
func top() {}
`,
    );
    assert.deepEqual(shownSymbols(record), [
      '+class User 5-24',
      '+property User.name 7-7',
      '+property User.age 7-7',
      'property User.shared 8-8',
      '+property User.list 9-11',
      '+constructor User.init 12-14',
      '+method User.run 15-17',
      '+method User.subscript 18-20',
      '+enum User.Kind 21-23',
      '+enumMember Kind.one 22-22',
      '+enumMember Kind.two 22-22',
      '+impl User.Kind 26-28',
      'method User.Kind.show 27-27',
      '+interface Shown 30-34',
      '+type Shown.Result 31-31',
      '+property Shown.shown 32-32',
      '+method Shown.show 33-33',
      '+constant limit 36-36',
      '+function top 37-37',
    ]);
    assert.deepEqual(record.symbols[0]?.supers, ['Parent', 'Codable']);
    assert.deepEqual(
      record.imports.map((i) => [i.specifier, i.names[0]?.name]),
      [
        ['Foundation', '*'],
        ['Alamofire.Session', 'Session'],
      ],
    );
  });

  it('keeps what code says of the types of names', async () => {
    const { bindings } = await recordOf(
      'a.swift',
      `func run(a: any Foo, many: Bar...) -> [Baz]? {
    let made = Foo.Inner(1), cast = x as! Other
    if let b = a.b()?.c { use(b) }
    guard let d = try? await e.load() else { return nil }
    for item in many { use(item) }
}
`,
    );
    assert.deepEqual(
      bindings.map(({ name, type, init }) => `${name}: ${type} = ${init}`),
      [
        'run(): Baz[] = ',
        'a: Foo = ',
        'many: Bar[] = ',
        'made:  = Foo.Inner()',
        'cast:  = new Other',
        'b:  = a.b().c',
        'd:  = e.load()',
        'item:  = many[]',
      ],
    );
  });

  it('parses what the operators of optional chaining and forced tries mean', async () => {
    const { parse } = await recordOf('a.swift', 'let a = try! b?.c()!.d ?? e\nlet f = !g && h! == .some(-1)\n');
    assert.deepEqual(parse, { kind: 'parsed', errors: 0 });
  });
});
