#!/usr/bin/env ruby
# frozen_string_literal: true

# Checks the oracle against a running program: ruby running.rb TREE ORACLE.jsonl LIBRARY...
#
# Requires the libraries (with -I for their load path) and compares the files that Ruby loads for every `require` with the
# oracle's `import` edges; evaluates every constant of every file of the tree that was loaded in its scopes and compares
# what Ruby finds with the `use` edges.
require "json"
require "set"
require_relative "source"

root = File.realpath(ARGV.shift)
oracle = ARGV.shift
REQUIRED = Set[]
module Watched
  private

  def require(path)
    from = caller_locations(1, 1)[0].absolute_path
    REQUIRED << [from, $LOAD_PATH.resolve_feature_path(path)&.last, path.to_s] if from
    super
  end
end
Object.prepend(Watched)
ARGV.each do |library|
  require library
rescue LoadError, StandardError => e
  warn "#{library}: #{e.class}: #{e.message.lines.first}"
end
loaded = $LOADED_FEATURES.select { |f| f.start_with?("#{root}/") }.map { |f| f.delete_prefix("#{root}/") }
all = File.readlines(oracle).map { |l| JSON.parse(l) }
imports = all.select { |e| e["kind"] == "import" }.map { |e| [e["from"], e["to"]] }.to_set
edges = all.select { |e| e["kind"] == "use" }
required = edges.reject { |e| e["optional"] }.map { |e| [e["from"], e["to"]] }.to_set
allowed = edges.map { |e| [e["from"], e["to"]] }.to_set

spelled = ->(path) { (path.absolute ? "::" : "") + path.names.join("::") }
# Text evaluated where the scopes are open: Ruby's own look-up.
evaluate = lambda do |nesting, text|
  modules = nesting.each_index.map { |i| Object.const_get(evaluate_name(nesting.take(i + 1), evaluate)) }
  opened = nesting.zip(modules).map { |path, m| "#{m.is_a?(Class) ? "class" : "module"} #{spelled.(path)}" }
  TOPLEVEL_BINDING.eval("#{opened.join("; ")}\n#{text}\n#{"end;" * nesting.size}")
end

def evaluate_name(nesting, evaluate)
  @names ||= {}
  @names[nesting] ||= begin
    path = nesting.last
    if path.absolute then path.names.join("::")
    elsif path.names.size == 1 then (nesting.size == 1 ? [] : [evaluate_name(nesting[0..-2], evaluate)]).push(path.names[0]).join("::")
    else "#{evaluate.(nesting[0..-2], path.names[0..-2].join("::")).name}::#{path.names.last}"
    end
  end
end

# [full name, file that defined it first] of a path; nil when Ruby knows it not.
find = lambda do |reference|
  path = reference.path
  holder =
    if path.names.size > 1 then evaluate.(reference.nesting, spelled.(Path.new(path.names[0..-2], path.absolute)))
    elsif path.absolute then Object
    else
      scopes = evaluate.(reference.nesting, "Module.nesting")
      (scopes + (scopes.first ? scopes.first.ancestors : []) + [Object]).find { |m| m.const_defined?(path.names.last, false) }
    end
  next unless holder.is_a?(Module)

  evaluate.(reference.nesting, spelled.(path))
  owner = [holder, *holder.ancestors].find { |m| m.const_defined?(path.names.last, false) }
  file, = owner&.const_source_location(path.names.last, false)
  [owner == Object ? path.names.last : "#{owner.name}::#{path.names.last}", file]
rescue NameError, LoadError, StandardError
  nil
end

sources = loaded.to_h { |f| [f, Source.read("#{root}/#{f}")] }.compact
opens = sources.transform_values do |s|
  s.definitions.filter_map do |d|
    d.assigned && d.path.names.size == 1 ? [*(d.nesting.empty? ? nil : evaluate_name(d.nesting, evaluate)), d.path.names[0]].join("::") : evaluate_name([*d.nesting, d.path], evaluate)
  rescue NameError
    nil
  end.to_set
end
asked = 0
known = 0
missing = Set[]
wrong = Set[]
named = Hash.new { |h, k| h[k] = Set[] }
unknown = Set[]
sources.each do |file, source|
  source.references.each do |r|
    asked += 1
    # By now the class is there whose superclass this is; Ruby read it before.
    if r.opening && r.opening.names.last == r.path.names.first
      unknown << [file, spelled.(r.path)]
      next
    end

    name, at = find.(r)
    unless name
      unknown << [file, spelled.(r.path)]
      next
    end

    known += 1
    named[file] << name
    next if r.passing || !at.is_a?(String) || !at.start_with?("#{root}/")

    to = at.delete_prefix("#{root}/")
    missing << [file, to, name] if to != file && !allowed.include?([file, to])
  end
end
unsure = unknown.to_set(&:first)
judged = required.select { |from, to| named.key?(from) && opens.key?(to) && !unsure.include?(from) }
judged.each { |from, to| wrong << [from, to] unless (named[from] & opens[to]).any? }
puts "#{sources.size} files loaded, #{asked} constants, #{known} known to Ruby; #{judged.size} required edges from files all of whose constants are known"
# An autoload requires as well, in the name of the file that needs the constant: only what the file itself writes counts.
inside = REQUIRED.select { |from, to, _| [from, to].all? { |f| f.is_a?(String) && f.start_with?("#{root}/") } }
inside = inside.map { |from, to, path| [from.delete_prefix("#{root}/"), to.delete_prefix("#{root}/"), path] }
inside = inside.select { |from, _, path| sources[from]&.requires&.any? { |r| r.specifier == path } }.map { |from, to, _| [from, to] }
lost = inside.reject { |from, to| from == to || imports.include?([from, to]) }
puts "#{inside.size} requires between files of the tree, not in the oracle: #{lost.size}"
lost.each { |m| puts "  #{m.join("  ")}" }
puts "constants not in the oracle: #{missing.size}"
missing.each { |m| puts "  #{m.join("  ")}" }
puts "not in Ruby: #{wrong.size}"
wrong.each { |m| puts "  #{m.join("  ")}" }
puts "unknown to Ruby: #{unknown.size}"
unknown.first(25).each { |m| puts "  #{m.join("  ")}" }
