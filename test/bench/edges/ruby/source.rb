# frozen_string_literal: true

# What one Ruby file says, read with Ripper, the parser of the Ruby that runs this.
require "ripper"

# A constant path as written: segments, and whether it starts with "::".
Path = Struct.new(:names, :absolute)
# nesting: the crefs around it, outermost first, each a Path as written after `class` or `module`.
Definition = Struct.new(:nesting, :path, :superclass, :assigned)
# passing: a segment on the way to another; opening: the class whose superclass it is, not there yet.
Reference = Struct.new(:nesting, :path, :passing, :line, :opening)
Mixin = Struct.new(:nesting, :path)
Call = Struct.new(:nesting, :path, :name)
SingletonMethod = Struct.new(:nesting, :name)
# via: require, require_relative, load, autoload, require_dependency; beside: the path is relative to the file.
Require = Struct.new(:via, :specifier, :beside, :line)
# An autoload without a path, as ActiveSupport::Autoload takes it.
NamedAutoload = Struct.new(:nesting, :name, :under, :at)
LiteralAutoload = Struct.new(:nesting, :name, :specifier, :beside)

class Source
  attr_reader :definitions, :references, :mixins, :calls, :singleton_methods, :requires, :named_autoloads, :literal_autoloads,
              :load_path_folders, :text

  def self.read(file)
    text = File.read(file, encoding: "UTF-8").scrub
    # Ruby 3.2 and newer hand anonymous arguments on; an older Ripper reads them under a name.
    tree = Ripper.sexp(text) || Ripper.sexp(text.gsub(/(?<=[(\[,\s])(\*\*|\*|&)(?=[,)\]])/) { |sign| "#{sign}anonymous_#{sign.ord}#{sign.size}" })
    tree && new(text, tree)
  end

  def initialize(text, tree)
    @text = text
    @definitions = []
    @references = []
    @mixins = []
    @calls = []
    @singleton_methods = []
    @requires = []
    @named_autoloads = []
    @literal_autoloads = []
    @load_path_folders = []
    @nesting = []
    @autoload_under = nil
    @autoload_at = nil
    @in_block = 0
    @in_singleton = false
    walk(tree)
  end

  private

  def walk(node)
    return unless node.is_a?(Array)

    handler = node[0].is_a?(Symbol) ? "on_#{node[0]}" : nil
    handler && respond_to?(handler, true) ? send(handler, node) : node.each { |child| walk(child) }
  end

  def children(node) = node.drop(1).each { |child| walk(child) }

  # --- definitions

  def on_class(node)
    _, cpath, superclass, body = node
    walk_prefix(cpath)
    @opening = const_path(cpath)
    walk(superclass)
    @opening = nil
    open_scope(cpath, body, const_path(strip_index(superclass)) || superclass)
  end

  def on_module(node)
    _, cpath, body = node
    walk_prefix(cpath)
    open_scope(cpath, body, nil)
  end

  # `class A::B` reads A where it stands.
  def walk_prefix(cpath)
    walk(cpath[1]) if cpath[0] == :const_path_ref
  end

  def open_scope(cpath, body, superclass)
    path = const_path(cpath)
    return walk(body) unless path

    @definitions << Definition.new(@nesting.dup, path, superclass, nil)
    outer = [@in_block, @in_singleton]
    @in_block = 0
    @in_singleton = false
    @nesting.push(path)
    walk(body)
    @nesting.pop
    @in_block, @in_singleton = outer
  end

  def on_sclass(node)
    walk(node[1])
    outer = @in_singleton
    @in_singleton = true
    walk(node[2])
    @in_singleton = outer
  end

  def on_def(node)
    @singleton_methods << SingletonMethod.new(@nesting.dup, node[1][1]) if @in_singleton
    children(node)
  end

  def on_defs(node)
    @singleton_methods << SingletonMethod.new(@nesting.dup, node[3][1]) if self?(node[1])
    children(node)
  end

  def self?(node) = node.is_a?(Array) && node[0] == :var_ref && node[1][1] == "self"

  def on_assign(node)
    assigned(node[1], node[2])
    walk(node[2])
  end

  def on_opassign(node)
    assigned(node[1], nil)
    walk(node[3])
  end

  def on_massign(node)
    targets(node[1]).each { |t| assigned(t, nil) }
    walk(node[2])
  end

  def targets(node)
    return [] unless node.is_a?(Array)
    return [node] if %i[var_field const_path_field top_const_field].include?(node[0])

    node.flat_map { |n| targets(n) }
  end

  def assigned(target, value)
    path = field_path(target)
    return walk(target) unless path

    walk(target[1]) if target[0] == :const_path_field
    # `class << self; X = 1; end` gives the singleton class a constant that no path reaches.
    @definitions << Definition.new(@nesting.dup, path, nil, value || true) unless @in_singleton
  end

  def field_path(node)
    case node[0]
    when :var_field then node[1]&.first == :@const ? Path.new([node[1][1]], false) : nil
    when :top_const_field then Path.new([node[1][1]], true)
    when :const_path_field
      head = const_path(node[1])
      head && Path.new(head.names + [node[2][1]], head.absolute)
    end
  end

  # --- references

  def on_var_ref(node)
    node[1][0] == :@const ? refer(node, false) : children(node)
  end

  def on_top_const_ref(node) = refer(node, false)

  def on_const_path_ref(node)
    const_path(node) ? refer(node, false) : children(node)
  end

  def refer(node, passing)
    path = const_path(node)
    @references << Reference.new(@nesting.dup, path, passing, line_of(node), @opening)
    refer(node[1], true) if node[0] == :const_path_ref
  end

  def const_path(node)
    return unless node.is_a?(Array)

    case node[0]
    when :var_ref, :const_ref then node[1][0] == :@const ? Path.new([node[1][1]], false) : nil
    when :top_const_ref then Path.new([node[1][1]], true)
    when :const_path_ref
      head = const_path(node[1])
      head && Path.new(head.names + [node[2][1]], head.absolute)
    end
  end

  # ActiveRecord::Migration[7.1] inherits from what [] returns, in practice from the class itself.
  def strip_index(node) = node.is_a?(Array) && node[0] == :aref ? node[1] : node

  def line_of(node)
    node = node.find { |n| n.is_a?(Array) && n[0] } while node.is_a?(Array) && !node[0].to_s.start_with?("@")
    node && node[2][0]
  end

  # --- calls

  def on_command(node) = call(nil, node[1][1], arguments(node[2]), node)

  def on_method_add_arg(node)
    inner = node[1]
    case inner[0]
    when :fcall then call(nil, inner[1][1], arguments(node[2]), node)
    when :call then call(inner[1], inner[3].is_a?(Array) ? inner[3][1] : nil, arguments(node[2]), node)
    else children(node)
    end
  end

  def on_command_call(node) = call(node[1], node[3].is_a?(Array) ? node[3][1] : nil, arguments(node[4]), node)

  def on_call(node) = call(node[1], node[3].is_a?(Array) ? node[3][1] : nil, [], node)

  # `$LOAD_PATH << folder`
  def on_binary(node)
    load_path([node[3]]) if node[2] == :<< && load_path?(node[1])
    children(node)
  end

  def on_method_add_block(node)
    call = node[1]
    name = call[0] == :command ? call[1][1] : (call[0] == :method_add_arg && call[1][0] == :fcall ? call[1][1][1] : nil)
    given = name && arguments(call[2]).first
    outer = [@autoload_under, @autoload_at, @in_block]
    @autoload_under = literal(given) if name == "autoload_under"
    @autoload_at = literal(given) if name == "autoload_at"
    walk(call)
    @in_block += 1 unless name&.start_with?("autoload_", "eager_autoload")
    walk(node[2])
    @autoload_under, @autoload_at, @in_block = outer
  end

  def call(receiver, name, given, node)
    if receiver.nil?
      case name
      when "require", "require_relative", "load", "require_dependency" then required(name, given, node)
      when "autoload" then autoloaded(given)
      when "include", "prepend" then mix(given) if @in_block.zero? && !@in_singleton
      end
    else
      path = const_path(receiver)
      @calls << Call.new(@nesting.dup, path, name) if path && name
      mix(given) if %w[include prepend].include?(name) && self?(receiver) && @in_block.zero?
      required(name, given, node) if path&.names == ["Kernel"] && %w[require load].include?(name)
      load_path(given) if load_path?(receiver) && %w[unshift push prepend append <<].include?(name)
    end
    children(node)
  end

  def mix(given)
    given.each do |g|
      path = const_path(g)
      @mixins << Mixin.new(@nesting.dup, path) if path
    end
  end

  def arguments(node)
    return [] unless node.is_a?(Array)

    case node[0]
    when :arg_paren then arguments(node[1])
    when :args_add_block then node[1].is_a?(Array) && node[1][0].is_a?(Array) ? node[1] : []
    else node[0].is_a?(Array) ? node : []
    end
  end

  def required(via, given, node)
    specifier, beside = path_of(given.first)
    @requires << Require.new(via, specifier, beside || via == "require_relative", line_of(node)) if specifier
  end

  def autoloaded(given)
    name = symbol(given[0])
    return unless name

    if given[1]
      specifier, beside = path_of(given[1])
      return unless specifier

      @requires << Require.new("autoload", specifier, beside, nil)
      @literal_autoloads << LiteralAutoload.new(@nesting.dup, name, specifier, beside)
    else
      @named_autoloads << NamedAutoload.new(@nesting.dup, name, @autoload_under, @autoload_at)
    end
  end

  def load_path?(node) = node.is_a?(Array) && node[0] == :var_ref && %w[$: $LOAD_PATH $-I].include?(node[1][1])

  def load_path(given)
    given.each do |g|
      folder, beside = path_of(g)
      @load_path_folders << folder if folder && beside
    end
  end

  # --- values

  def symbol(node)
    return unless node.is_a?(Array)
    return node[1][1][1] if node[0] == :symbol_literal && node[1][0] == :symbol

    literal(node)
  end

  def literal(node)
    return unless node.is_a?(Array) && node[0] == :string_literal

    parts = node[1].drop(1)
    return "" if parts.empty?

    parts.all? { |p| p[0] == :@tstring_content } ? parts.map { |p| p[1] }.join : nil
  end

  # [path, whether it is relative to this file's folder]: a literal, or File.expand_path, File.join, File.dirname, "+" and "#{}"
  # over __dir__, __FILE__ and literals.
  def path_of(node)
    plain = literal(node)
    return [plain, false] if plain

    found = from_file(node)
    found && [found, true]
  end

  # Relative to the file's folder; the file itself is "./F".
  def from_file(node)
    return unless node.is_a?(Array)

    case node[0]
    when :vcall, :var_ref, :fcall
      { "__dir__" => ".", "__FILE__" => "./F" }[node[1][1]]
    when :string_literal
      parts = node[1].drop(1).map { |p| p[0] == :@tstring_content ? p[1] : (p[0] == :string_embexpr ? from_file(p[1][0]) : nil) }
      parts.all? && parts.size > 1 && parts[0].start_with?(".") ? parts.join : nil
    when :paren then from_file(node[1].is_a?(Array) && node[1][0].is_a?(Array) ? node[1][0] : node[1])
    when :binary
      head = from_file(node[1])
      tail = literal(node[3])
      node[2] == :+ && head && tail ? "#{head}#{tail}" : nil
    when :method_add_arg
      inner = node[1]
      return unless inner[0] == :call && const_path(inner[1])&.names == ["File"]

      file_call(inner[3][1], arguments(node[2]))
    end
  end

  def file_call(name, given)
    case name
    when "expand_path", "absolute_path", "realpath"
      return from_file(given[0]) if given.size < 2

      base = from_file(given[1])
      tail = literal(given[0])
      base && tail && "#{base}/#{tail}"
    when "join"
      head = from_file(given[0])
      tail = given.drop(1).map { |g| literal(g) }
      head && tail.all? ? [head, *tail].join("/") : nil
    when "dirname"
      base = from_file(given[0])
      base && "#{base}/.."
    end
  end
end
