#!/usr/bin/env ruby
# frozen_string_literal: true

# File-to-file edges of a Ruby tree by the language's rules: ruby oracle.rb TREE > edges.jsonl
#
#   {"from": "lib/a.rb", "to": "lib/b.rb", "kind": "import" | "use" | "call", "optional": true?}
#
# README.md beside this file says which rules, and what is optional.
require "json"
require "set"
require_relative "load_paths"
require_relative "constants"
require_relative "source"

root = File.realpath(ARGV.fetch(0))
RUBY_FILE = %r{(\.(rb|rake|gemspec|ru|podspec|jbuilder|rabl)|(\A|/)(Rakefile|Gemfile|Guardfile|Vagrantfile|Capfile|Podfile|Fastfile|Dangerfile|Brewfile))\z}i
listed = IO.popen(["git", "-C", root, "ls-files", "-co", "--exclude-standard", "-z"], &:read).split("\0")
files = listed.select { |f| f.valid_encoding? && f.match?(RUBY_FILE) && File.file?("#{root}/#{f}") && !File.symlink?("#{root}/#{f}") }.sort

edges = {}
unjudged = []
sources = files.to_h do |file|
  source = Source.read("#{root}/#{file}")
  unjudged << file unless source
  [file, source]
end.compact

add = lambda do |from, to, kind, optional|
  next if to.nil? || from == to

  edges[[from, to, kind]] = optional && edges.fetch([from, to, kind], true)
end

paths = LoadPaths.new(root, files, sources)
closure = Hash.new { |h, k| h[k] = [] }
sources.each do |file, source|
  source.requires.each do |r|
    target, certain = paths.find(r, file)
    add.(file, target, "import", !certain)
    closure[file] << target if target
  end
end

constants = Constants.new(sources, paths, closure)
sources.each do |file, source|
  source.named_autoloads.each do |autoload|
    target = constants.autoload_file(autoload, file)
    add.(file, target, "import", false)
    closure[file] << target if target
  end
end

constants.judge { |from, to, kind, optional| add.(from, to, kind, optional) }

out = edges.map { |(from, to, kind), optional| { from:, to:, kind:, **(optional ? { optional: true } : {}) } }
out += unjudged.map { |from| { from:, unjudged: true } }
out.sort_by { |e| [e[:from], e[:to].to_s, e[:kind].to_s] }.each { |e| puts JSON.generate(e) }
