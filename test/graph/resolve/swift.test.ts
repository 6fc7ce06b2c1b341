import assert from 'node:assert/strict';
import { graphOfFiles, shownEdges } from '../../workspaces.js';

const edges = async (files: Readonly<Record<string, string>>): Promise<string[]> => shownEdges(await graphOfFiles(files));

const PACKAGE = `// swift-tools-version:5.9
let package = Package(name: "App", targets: [
  .target(name: "Core"),
  .target(name: "App", dependencies: ["Core"], path: "Code"),
  .testTarget(name: "AppTests", dependencies: ["App"]),
])
`;

describe('graph/resolve: Swift', () => {
  it('sees the whole module without imports, and follows properties, results and extensions', async () => {
    assert.deepEqual(
      await edges({
        'a.swift': 'func run(store: Store) {\n    store.open().close()\n    store.name.shout()\n    helper()\n}\n',
        'helper.swift': 'func helper() {}\n',
        'session.swift': 'final class Session {\n    func close() {}\n}\n',
        'shout.swift': 'extension String {\n    func shout() {}\n}\n',
        'store.swift': 'struct Store {\n    let name: String\n    func open() -> Session { Session() }\n}\n',
      }),
      [
        'a.swift -> helper.swift (use)',
        'a.swift -> session.swift (use)',
        'a.swift -> shout.swift (use)',
        'a.swift -> store.swift (use)',
        'store.swift -> session.swift (use)',
      ],
    );
  });

  it('reaches another module through an import only, and never its private names', async () => {
    assert.deepEqual(
      await edges({
        'Package.swift': PACKAGE,
        'Code/a.swift': 'import Core\nlet tool = Tool()\nlet secret = Secret()\n',
        'Code/b.swift': 'let other = Tool()\n',
        'Sources/Core/secret.swift': 'private struct Secret {}\n',
        'Sources/Core/tool.swift': 'public struct Tool {}\n',
        'Tests/AppTests/t.swift': '@testable import App\nimport Core\nlet t: Core.Tool = tool\n',
      }),
      [
        'Code/a.swift -> Sources/Core/tool.swift (use)',
        'Tests/AppTests/t.swift -> Code/a.swift (use)',
        'Tests/AppTests/t.swift -> Sources/Core/tool.swift (use)',
      ],
    );
  });

  it('finds inherited members and nested types, declared or added by an extension', async () => {
    assert.deepEqual(
      await edges({
        'a.swift': 'final class Child: Base {\n    func run() {\n        inherited()\n        let kind: Kind = make()\n    }\n}\n',
        'base.swift': 'class Base: Maker {\n    func inherited() {}\n}\n',
        'kind.swift': 'extension Base {\n    enum Kind {}\n}\n',
        'maker.swift': 'protocol Maker {}\nextension Maker {\n    func make() -> Int { 1 }\n}\n',
      }),
      [
        'a.swift -> base.swift (use)',
        'a.swift -> kind.swift (use)',
        'a.swift -> maker.swift (use)',
        'base.swift -> maker.swift (use)',
        'kind.swift -> base.swift (use)',
      ],
    );
  });

  it('lets a parameter, a local and a type parameter hide what the module calls by their name', async () => {
    assert.deepEqual(
      await edges({
        'a.swift':
          'func f<Item>(limit: Int, item: Item) -> Item {\n    let total = limit\n    for row in rows() { show(row) }\n    return total > limit ? item : item\n}\n',
        'b.swift': 'let limit = 1\nlet total = 2\nlet row = 3\nstruct Item {}\n',
      }),
      [],
    );
  });

  it('never takes a library call or a member of an unknown value for a symbol of the same name', async () => {
    assert.deepEqual(
      await edges({
        'a.swift': 'import Vapor\nfunc f(app: Application) {\n    app.run()\n    unknown().send()\n    URLSession.shared.send()\n}\n',
        'b.swift': 'struct Job {\n    func run() {}\n    func send() {}\n}\nfunc send() {}\n',
      }),
      [],
    );
  });
});
