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
  'py/shop.py':
    'import py.models as m\n\nclass Shop(m.User):\n    def open(self):\n        s = m.User()\n        self.user = s\n        s = 1\n        self.n = s\n\n    def sell(self):\n        s = self.user\n        s.name()\n        return self.open()\n',
  'py/till.py': 'from py.shop import Shop\n\ndef go(shop: Shop):\n    first = shop.user\n    first.name()\n    shop.sell()\n',
  'php/Store.php':
    '<?php\nnamespace App;\nuse Lib\\User;\nclass Store extends Base {\n  private User $user;\n  function get() {\n    $n = 1;\n    $s = new User();\n    $s->name();\n    $this->user->name();\n    return load();\n  }\n}\nnamespace Other; use App\\Store as Till; function go(Till $s) { $s->get(); $s->open(); }\n',
  'php/User.php':
    '<?php\nnamespace Lib;\nclass User {\n  function name() {\n    $n = 1;\n    return $n;\n  }\n}\nnamespace App;\nclass Base {\n  function open() {\n    $found = 1;\n  }\n}\nfunction load() { return 1; }\n',
  'composer.json': '{"autoload": {"psr-4": {"App\\\\": "php/", "Lib\\\\": "php/"}, "files": ["php/User.php"]}}',
  'lib/shop.rb':
    'require "store"\nmodule Shop\n  class Till < Store\n    def go\n      n = 1\n      Store.open\n      User.name\n    end\n  end\nend\n',
  'lib/store.rb': 'class Store\n  def self.open\n    n = 1\n    User.new\n  end\nend\nclass User\n  def self.name\n    1\n  end\nend\n',
  'Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nshop = { path = "shop" }\n',
  'shop/Cargo.toml': '[package]\nname = "shop"\nversion = "0.1.0"\n',
  'shop/src/lib.rs': 'pub fn shop() {\n    let n = 1;\n}\n',
  'src/main.rs':
    'mod store;\nmod user;\nuse shop::shop;\nuse store::open;\nuse crate::user::User;\nfn main() {\n    let n = 1;\n    let s = open();\n    shop();\n    User::name();\n    store::Store::get();\n}\n',
  'src/store.rs':
    'use super::user::*;\npub use self::inner::open;\npub struct Store;\nimpl Store {\n    pub fn get() -> User {\n        let n = 1;\n        load()\n    }\n}\nmod inner {\n    pub fn open() -> i32 {\n        use super::super::user::load;\n        load();\n        1\n    }\n}\n',
  'src/user.rs': 'pub struct User;\nimpl User {\n    pub fn name() {\n        let n = 1;\n    }\n}\npub fn load() -> User { User }\n',
  'c/main.c': '#include "store.h"\nint main(void) {\n  int n = 1;\n  open(n);\n  return sell();\n}\n',
  'c/store.h': 'int open(int n);\nint sell(void);\n',
  'c/store.c':
    '#include "store.h"\nstatic int go(void) { return 1; }\nint open(int n) {\n  int found = 1;\n  return go();\n}\nint sell(void) { return open(1); }\n',
  'Package.swift':
    '// swift-tools-version:5.5\nimport PackageDescription\nlet package = Package(name: "app", targets: [.target(name: "App", path: "sw")])\n',
  'sw/Store.swift': 'class Store {\n  let user: User\n  func get() -> User {\n    let n = 1\n    user.name()\n    return load()\n  }\n}\n',
  'sw/User.swift':
    'class User {\n  func name() { let n = 1 }\n}\nfunc load() -> User {\n  let s = Store()\n  s.get().name()\n  return User()\n}\n',
  's/Shop.scala':
    'package s\nimport s.stock._\nclass Shop extends Store {\n  def sell() = {\n    val n = 1\n    val first = get()\n    first.name()\n  }\n}\n',
  's/Store.scala': 'package s.stock\nclass Store {\n  def get() = new User()\n}\nclass User {\n  def name() = 1\n}\n',
};
