import assert from 'node:assert/strict';
import { recordOf, shownSymbols } from '../workspaces.js';

/** One small file per language: what it defines, what it imports, under which package. */
const CASES: readonly { name: string; source: string; symbols: readonly string[]; imports?: readonly string[]; package?: string }[] = [
  {
    name: 'a.py',
    source: `import os.path as p
from ..pkg import thing as t, other
LIMIT = 3

@decorated
class A(Base):
    x: int = 1

    def __init__(self):
        pass

    async def run(self):
        def inner():
            pass

def _hidden():
    pass
`,
    symbols: [
      '+constant LIMIT 3-3',
      '+class A 5-14',
      '+field A.x 7-7',
      '+constructor A.__init__ 9-10',
      '+method A.run 12-14',
      '+function run.inner 13-14',
      'function _hidden 16-17',
    ],
    imports: ['os.path: *>p', '..pkg: thing>t other>other'],
  },
  {
    name: 'a.go',
    package: 'main',
    source: `package main

import (
	"fmt"
	alias "example.com/x"
)

const (
	One = iota
	two
)

// T is a type.
type T struct {
	Name string
	*Embedded
}

func (t *T) Run() error { return nil }

func helper() {}
`,
    symbols: [
      '+constant One 9-9',
      'constant two 10-10',
      '+struct T 14-17',
      '+field T.Name 15-15',
      '+method Run 19-19',
      'function helper 21-21',
    ],
    imports: ['fmt: ', 'example.com/x: *>alias'],
  },
  {
    name: 'a.rs',
    source: `use std::{fmt, io::{self, Read as R}};
pub mod inner;

/// Doc.
#[derive(Debug)]
pub struct S {
    pub field: u8,
}

impl fmt::Display for S {
    fn fmt(&self) {}
}

mod tests {
    fn t() {}
}
`,
    symbols: [
      '+module inner 2-2',
      '+struct S 5-8',
      '+field S.field 7-7',
      'impl S 10-12',
      '+method S.fmt 11-11',
      'module tests 14-16',
      'function tests.t 15-15',
    ],
    imports: ['std::fmt: fmt>fmt', 'std::io: io>io', 'std::io::Read: Read>R'],
  },
  {
    name: 'A.java',
    package: 'com.acme',
    source: `package com.acme;

import static java.util.Map.of;
import com.acme.io.*;

@Deprecated
public class A extends B<C> implements D {
  private static final int X = 1;

  A(int y) {}

  void run() {}

  enum Kind { ONE, TWO }
}
`,
    symbols: [
      '+class A 6-15',
      'field A.X 8-8',
      '+constructor A.A 10-10',
      '+method A.run 12-12',
      '+enum A.Kind 14-14',
      '+enumMember Kind.ONE 14-14',
      '+enumMember Kind.TWO 14-14',
    ],
    imports: ['java.util.Map.of: of>of', 'com.acme.io: *>*'],
  },
  {
    name: 'a.c',
    source: `#include "a.h"
#include <stdio.h>
#define MAX(a, b) ((a) > (b) ? (a) : (b))

static int helper(int x) { return x; }

int *run(void);

struct point {
  int x;
};
`,
    symbols: ['+macro MAX 3-3', 'function helper 5-5', '+function run 7-7', '+struct point 9-11', '+field point.x 10-10'],
    imports: ['a.h: ', 'stdio.h: '],
  },
  {
    name: 'a.cpp',
    source: `namespace app {
template <typename T>
class Box : public Base {
 public:
  Box();
  T get() const { return t_; }

 private:
  T t_;
};
}

int app::Box::size() { return 1; }
`,
    symbols: [
      '+namespace app 1-11',
      '+class app.Box 2-10',
      '+constructor Box.Box 5-5',
      '+method Box.get 6-6',
      '+field Box.t_ 9-9',
      '+method size 13-13',
    ],
  },
  {
    name: 'A.cs',
    package: 'Acme.App',
    source: `using System;
using Log = Acme.Logging;
namespace Acme.App;

public partial class A : Base, IThing
{
    public int Count { get; set; }

    public A() { }

    internal void Run<T>(T x)
    {
    }
}
`,
    symbols: ['+class A 5-14', '+property A.Count 7-7', '+constructor A.A 9-9', '+method A.Run 11-13'],
    imports: ['System: ', 'Acme.Logging: *>Log'],
  },
  {
    name: 'a.rb',
    source: `require 'set'
require_relative "b"

module Acme
  class A < Base
    attr_reader :name

    def initialize
    end

    def self.make
      new
    end
  end
end
`,
    symbols: ['+module Acme 4-15', '+class Acme.A 5-14', '+property A.name 6-6', '+constructor A.initialize 8-9', '+method A.make 11-13'],
    imports: ['set: ', 'b: '],
  },
  {
    name: 'a.php',
    package: 'Acme\\App',
    source: `<?php
namespace Acme\\App;

use Acme\\Log\\{Logger, Level as L};
require __DIR__ . '/b.php';

final class A extends B implements C
{
    private int $count = 0;

    public function __construct(private Logger $logger) {}

    private function run(): void {}
}

function helper() {}
`,
    symbols: [
      '+class A 7-14',
      'property A.count 9-9',
      '+constructor A.__construct 11-11',
      'property __construct.logger 11-11',
      'method A.run 13-13',
      '+function helper 16-16',
    ],
    imports: ['Acme\\Log\\Logger: Logger>Logger', 'Acme\\Log\\Level: Level>L', './b.php: '],
  },
  {
    name: 'a.sh',
    source: `#!/bin/bash
source "$dir/lib.sh"
. ./b.sh
NAME=1
run() {
  echo
}
`,
    symbols: ['+variable NAME 4-4', '+function run 5-7'],
    imports: ['lib.sh: ', './b.sh: '],
  },
];

describe('grammars: what a small file of each language holds', () => {
  for (const { name, source, symbols, imports, package: declared } of CASES) {
    it(`reads ${name}`, async () => {
      const record = await recordOf(name, source);
      assert.deepEqual(record.parse, { kind: 'parsed', errors: 0 });
      assert.deepEqual(shownSymbols(record), symbols);
      if (imports) {
        assert.deepEqual(
          record.imports.map((i) => `${i.specifier}: ${i.names.map((n) => `${n.name}>${n.as}`).join(' ')}`),
          imports,
        );
      }
      assert.equal(record.package, declared ?? '');
    });
  }
});

describe('grammars/rust', () => {
  it('sees the items that a macro passes through, where they stand', async () => {
    const source = `cfg_net! {
    /// Doc "}" here.
    #[cfg(unix)]
    pub mod tcp;
    pub use tcp::{Stream, '}'};
}
fn main() {
    cfg! { mod not_an_item; }
}
`.replace(", '}'", '');
    const record = await recordOf('a.rs', source);
    assert.deepEqual(shownSymbols(record), ['+module tcp 3-4', 'function main 7-9']);
    assert.deepEqual(
      record.imports.map((i) => `${i.specifier} ${i.line}`),
      ['tcp::Stream 4'],
    );
  });
});
