import assert from 'node:assert/strict';
import { recordOf, shownSymbols } from '../workspaces.js';

describe('grammars: Ruby', () => {
  it('reads classes, modules, methods, attributes and constants, wherever a constant is assigned', async () => {
    const record = await recordOf(
      'a.rb',
      `# A page.
class Acme::Page < Acme::Base
  include Comparable
  attr_reader :title
  LIMIT = 3
  MIN, MAX = 1, 2
  CACHE ||= {}
  begin
    FAST = true
  rescue LoadError
    FAST = false
  end

  def initialize(title) = @title = title

  class << self
    HIDDEN = 1
    def find(name)
    end
  end

  def self.all; end
  alias to_s title
end
Acme::Paper = Class.new(Acme::Page)
module Acme
  prepend Extra if fancy?
end
`,
    );
    assert.deepEqual(shownSymbols(record), [
      '+class Acme::Page 2-24',
      '+property Acme::Page.title 4-4',
      '+constant Acme::Page.LIMIT 5-5',
      '+constant Acme::Page.MIN 6-6',
      '+constant Acme::Page.MAX 6-6',
      '+constant Acme::Page.CACHE 7-7',
      '+constant Acme::Page.FAST 9-9',
      '+constant Acme::Page.FAST 11-11',
      '+constructor Acme::Page.initialize 14-14',
      '+method Acme::Page.find 18-19',
      '+method Acme::Page.all 22-22',
      '+method Acme::Page.to_s 23-23',
      '+constant Acme::Paper 25-25',
      '+module Acme 26-28',
    ]);
    const marked = record.symbols.filter((s) => s.mark !== undefined || s.supers !== undefined);
    assert.deepEqual(
      marked.map((s) => [s.name, s.mark, s.supers]),
      [
        ['Acme::Page', 'derived', ['Acme::Base', 'Comparable']],
        ['find', 'self', undefined],
        ['all', 'self', undefined],
        ['Acme::Paper', undefined, ['Acme::Page']],
        ['Acme', undefined, ['Extra']],
      ],
    );
  });

  it('takes a constant path as one reference, to its end', async () => {
    const record = await recordOf(
      'a.rb',
      `module A
  B::C::D
  ::Top::Inner
  ::Bare
  kind::VALUE
  class E::F < G::H
    I.make
  end
end
`,
    );
    assert.deepEqual(
      record.references.map((r) => `${r.kind} ${r.qualifier} ${r.name}`),
      ['type B::C D', 'type ::Top Inner', 'type :: Bare', 'type ? VALUE', 'extends  E', 'extends G H', 'type  I', 'call I make'],
    );
  });

  it('tells paths on the load path from paths beside the file, and reads no call of another object as a require', async () => {
    const record = await recordOf(
      'lib/a.rb',
      `require "json"
require_relative "b"
require File.expand_path("../c", __FILE__)
require "d/#{name}"
params.require("e")
YAML.load "f"
Kernel.require "g"
module A
  autoload :H, "a/h"
  autoload :I
  autoload_under "more" do
    autoload :J
  end
end
$:.unshift File.expand_path("../tools", __dir__), "elsewhere"
`,
    );
    assert.deepEqual(
      record.imports.map((i) => `${i.kind} ${i.mark} ${i.specifier}`),
      [
        'require require json',
        'require beside b',
        'require beside ./c',
        'require require g',
        'autoload autoload a/h',
        'autoload constant I',
        'autoload constant more::J',
      ],
    );
    assert.deepEqual(record.bindings, [{ name: '$LOAD_PATH', type: '', init: '../tools', within: -1, line: 14 }]);
  });

  it('takes the blocks of a test file as sections', async () => {
    const record = await recordOf(
      'a_spec.rb',
      'RSpec.describe Page do\n  context "when empty" do\n    it "is blank" do\n    end\n  end\nend\ntest "x" do\nend\n',
    );
    assert.deepEqual(shownSymbols(record), [
      '+section Page 1-6',
      '+section Page.when empty 2-5',
      '+section when empty.is blank 3-4',
      '+section x 7-8',
    ]);
  });
});
