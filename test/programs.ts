/** Small programs in several languages whose files lean on one another in the ways that resolvers follow. */
export const PROGRAMS: Readonly<Record<string, string>> = {
  'package.json': '{"name": "app", "imports": {"#lib/*": "./src/lib/*.ts"}}',
  'src/app.ts': "import { Store } from './lib/store';\nimport { log } from '#lib/log';\nconst s = new Store();\ns.get('a');\nlog(s);\n",
  'src/lib/store.ts': 'export class Store {\n  get(key: string) {\n    const found = key;\n    return found;\n  }\n}\n',
  'src/lib/log.ts': "import type { Store } from './store';\nexport function log(s: Store) {\n  s.get('x');\n}\n",
  'py/__init__.py': '',
  'py/models.py': 'class User:\n    def name(self):\n        first = 1\n        return first\n\ndef load():\n    return User()\n',
  'py/views.py': 'from .models import load\n\ndef view():\n    user = load()\n    return user.name()\n',
  'go.mod': 'module example.com/app\n',
  'main.go': 'package main\n\nfunc main() {\n\ts := open()\n\ts.Run()\n}\n',
  'server.go':
    'package main\n\ntype Server struct{}\n\nfunc open() *Server { return &Server{} }\n\nfunc (s *Server) Run() {\n\tn := 1\n\t_ = n\n}\n',
  'j/A.java': 'package j;\nclass A {\n  B b = new B();\n  void run() { b.go(); make().go(); }\n  B make() { return b; }\n}\n',
  'j/B.java': 'package j;\nclass B {\n  void go() { int n = 1; }\n}\n',
  'cs/App.csproj': '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><Using Include="Shop.Stock" /></ItemGroup></Project>',
  'cs/Store.cs':
    'namespace Shop.Stock;\nclass Store : Base<User>\n{\n  public User open() => items[0];\n  void Run()\n  {\n    var n = 1;\n    items.ForEach(user => user.sell());\n  }\n}\n',
  'cs/User.cs':
    'namespace Shop.Stock\n{\n  partial class User\n  {\n    public void sell() { }\n  }\n  class Base<T>\n  {\n    protected List<T> items = new();\n  }\n}\n',
  'cs/View.cs': 'namespace Shop;\nclass View\n{\n  void log(Store s)\n  {\n    var user = s.open();\n    user.sell();\n  }\n}\n',
  'k/Main.kt': 'package k\nfun main() {\n  val shop = open()\n  shop.sell()\n}\n',
  'k/Shop.kt': 'package k\nclass Shop {\n  fun sell() { val n = 1 }\n}\nfun open() = Shop()\n',
};
