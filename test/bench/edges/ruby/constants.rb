# frozen_string_literal: true

# Ruby's constant lookup over all files of a tree: lexical scopes of the first segment, then the ancestors of the innermost,
# then Object; the further segments in the constant found and its ancestors.

# What this Ruby and its standard library define is asked of this Ruby itself.
%w[
  abbrev base64 benchmark bigdecimal cgi coverage csv date delegate digest drb English erb etc expect fiddle fileutils find forwardable
  getoptlong io/console ipaddr irb json logger matrix minitest monitor mutex_m net/http net/imap net/smtp nkf objspace observer open-uri open3
  openssl optparse ostruct pathname pp prettyprint prime pstore psych pty racc rake rdoc readline reline resolv rexml/document rinda/rinda
  ripper rss securerandom set shellwords singleton socket stringio strscan syslog tempfile test/unit time timeout tmpdir tracer tsort un uri
  weakref webrick yaml zlib
].each do |library|
  next if library == "test/unit" || library == "un" || library == "tracer"

  begin
    require library
  rescue LoadError
    warn "#{library} is not there"
  end
end
Minitest.class_eval { def self.autorun = nil } if defined?(Minitest)

class Constants
  Opening = Struct.new(:file, :definition, :mixins)

  def initialize(sources, paths, closure)
    @sources = sources
    @paths = paths
    @required = closure
    @external = external_names
    @full = {}
    @openings = Hash.new { |h, k| h[k] = [] }
    @singletons = Hash.new { |h, k| h[k] = [] }
    @autoloads = Hash.new { |h, k| h[k] = [] }
    @closures = {}
    @ancestors = {}
    @parents = {}
    @computing = Set[]
    name_everything
    sources.each do |file, source|
      source.literal_autoloads.each do |a|
        target, = paths.find(Require.new("autoload", a.specifier, a.beside), file)
        @autoloads[full(a.nesting, file) + [a.name]] << target if target
      end
    end
  end

  # The file that ActiveSupport::Autoload takes an autoload without a path from.
  def autoload_file(autoload, file)
    name = full(autoload.nesting, file)
    return if name.empty?

    specifier = autoload.at || underscore([*name, *autoload.under, autoload.name].join("::"))
    target, = @paths.find(Require.new("autoload", specifier, false), file)
    @autoloads[name + [autoload.name]] << target if target
    target
  end

  # Yields every edge: from, to, kind, optional.
  def judge(&edge)
    @sources.each do |file, source|
      source.references.each { |r| refer(file, r, &edge) }
      source.calls.each do |call|
        name = lookup(call.nesting, call.path, file)
        @singletons[[name, call.name]].each { |target| edge.(file, target, "call", true) } if name
      end
    end
  end

  private

  def refer(file, reference, &edge)
    name = lookup(reference.nesting, reference.path, file, reference.opening)
    if name.nil?
      others = loose(reference, file)
      others.each { |target| edge.(file, target, "use", true) }
      # The deepest segment that is there stands for a path whose end is not known.
      unless others.any? || reference.passing || reference.path.names.size == 1
        refer(file, Reference.new(reference.nesting, Path.new(reference.path.names[0..-2], reference.path.absolute), false, nil, reference.opening), &edge)
      end
      return
    end
    return unless (@judged ||= Set.new).add?([file, name, reference.passing])

    openings = visible(name, file)
    required = reference.passing || openings.any? { |o| o.file == file } ? [] : definers(name, openings)
    openings.map(&:file).uniq.each { |target| edge.(file, target, "use", !required.include?(target)) }
  end

  # The files that certainly define a constant, when several open it.
  def definers(name, openings)
    return [] if doubtful?(name, openings)

    files = openings.map(&:file).uniq
    return files if files.size == 1

    by_autoload = files & @autoloads.fetch(name, [])
    return by_autoload if by_autoload.size == 1

    by_convention = files.select { |f| conventional?(f, name) }
    return by_convention if by_convention.size == 1

    # The opening with a superclass must run first: Ruby refuses a superclass for a class that has another.
    by_superclass = openings.select { |o| o.definition.superclass || o.definition.assigned }.map(&:file).uniq
    by_superclass.size == 1 ? by_superclass : []
  end

  def conventional?(file, name)
    stem = file.delete_suffix(".rb")
    @paths.roots_over(file).any? { |r| squash(stem[(r.empty? ? 0 : r.size + 1)..]) == squash(name.join("/")) }
  end

  # A name inside a library's namespace that the tree may only reopen.
  def doubtful?(name, openings)
    outer = (1...name.size).any? { |n| foreign?(name.take(n)) }
    outer && openings.none? { |o| o.definition.superclass || o.definition.assigned || conventional?(o.file, name) }
  end

  # A constant that a test can only see when another file of the same tests is loaded with it, a script when its neighbour is.
  def loose(reference, file)
    together = ->(f) { @paths.test?(file) ? @paths.test?(f) : File.dirname(f) == File.dirname(file) }
    names = [reference.path.names] + reference.nesting.each_index.map { |n| full(reference.nesting.take(n + 1), file) + reference.path.names }
    project = @paths.gem_of(file) || @paths.project_of(file)
    names.flat_map do |name|
      next [] if foreign?(name)

      files = @openings.fetch(name, []).map(&:file).uniq.select { |f| together.(f) && @paths.under?(f, project) }
      files.size == 1 ? files : []
    end
  end

  # --- lookup

  # Full name of what a path means at a place, or nil when no file of the tree that is loaded there defines it.
  def lookup(nesting, path, file, opening = nil)
    name = resolve(nesting, path, file, opening)
    name && !foreign?(name) ? name : nil
  end

  # The same for what is not the tree's own too: constants are inherited from String as well, where the tree reopens it.
  def resolve(nesting, path, file, opening = nil)
    head, *rest = path.names
    name = path.absolute ? at_top(head, file) : first_segment(nesting, head, file, opening && full([*nesting, opening], file))
    rest.each { |segment| name &&= member(name, segment, file, []) }
    name
  end

  def first_segment(nesting, head, file, opening = nil)
    scopes = nesting.each_index.map { |n| full(nesting.take(n + 1), file) }.reverse
    scopes.each { |scope| return scope + [head] if scope + [head] != opening && defined_in?(scope, head, file) }
    inherited = scopes.first && ancestors(scopes.first, file).find { |a| defined_in?(a, head, file) }
    inherited ? inherited + [head] : at_top(head, file)
  end

  def at_top(head, file) = defined_in?([], head, file) ? [head] : nil

  def member(name, segment, file, seen)
    aliased = alias_of(name, file)
    return member(aliased, segment, file, [*seen, name]) if aliased && !seen.include?(name)

    [name, *ancestors(name, file)].find { |n| defined_in?(n, segment, file) }&.+([segment])
  end

  def defined_in?(scope, name, file) = runtime?(scope + [name]) || !visible(scope + [name], file).empty?

  # `A = B::C`, `A = Class.new(B)`.
  def alias_of(name, file)
    visible(name, file).each do |o|
      path = value_path(o.definition.assigned)
      found = path && lookup(o.definition.nesting, path, o.file)
      return found if found && found != name
    end
    nil
  end

  def value_path(value)
    return nil unless value.is_a?(Array)

    case value[0]
    when :var_ref, :const_path_ref, :top_const_ref then constant_path(value)
    when :method_add_block then value_path(value[1])
    when :method_add_arg
      inner = value[1]
      made = inner[0] == :call && constant_path(inner[1])&.names == ["Class"] && inner[3].is_a?(Array) && inner[3][1] == "new"
      given = made && value[2][0] == :arg_paren && value[2][1]
      given ? constant_path(given[1]&.first) : nil
    end
  end

  def constant_path(node)
    return nil unless node.is_a?(Array)

    case node[0]
    when :var_ref then node[1][0] == :@const ? Path.new([node[1][1]], false) : nil
    when :top_const_ref then Path.new([node[1][1]], true)
    when :const_path_ref
      head = constant_path(node[1])
      head && Path.new(head.names + [node[2][1]], head.absolute)
    end
  end

  # Included and prepended modules and superclasses, depth first. While they are looked up, those not found yet do not count.
  def ancestors(name, file)
    key = [name, file]
    return @ancestors[key] if @ancestors.key?(key)
    return [] if @computing.include?(name)

    @computing << name
    found = parents(name, file).flat_map { |a| [a, *ancestors(a, file)] }.uniq
    @computing.delete(name)
    @ancestors[key] = found if @computing.empty?
    found
  end

  def parents(name, file) = visible(name, file).flat_map { |opening| parents_of(opening) }

  def parents_of(opening)
    @parents[opening.object_id] ||= begin
      definition = opening.definition
      inside = [*definition.nesting, definition.path]
      found = opening.mixins.map { |path| resolve(inside, path, opening.file) }
      found << resolve(definition.nesting, definition.superclass, opening.file, definition.path) if definition.superclass.is_a?(Path)
      value = value_path(definition.assigned)
      found << resolve(definition.nesting, value, opening.file) if value
      found.compact
    end
  end

  # --- names

  # Full name of the innermost of some crefs. `module A; class B::C` opens the B that A sees.
  def full(nesting, file)
    (@full[file] ||= {})[nesting] ||= nesting.each_with_index.reduce([]) do |outer, (path, i)|
      if path.absolute then path.names
      elsif path.names.size == 1 || @naming then outer + path.names
      else
        head = first_segment(nesting.take(i), path.names.first, file)
        (head || [path.names.first]) + path.names.drop(1)
      end
    end
  end

  # Simple names first: where `class B::C` stands depends on which B there is.
  def name_everything
    2.times do |round|
      @naming = round.zero?
      named = Hash.new { |h, k| h[k] = [] }
      @full = {}
      @visible = {}
      @ancestors = {}
      @parents = {}
      @sources.each do |file, source|
        source.definitions.each do |d|
          name = full([*d.nesting, d.path], file)
          name = full(d.nesting, file) + d.path.names if d.assigned && !d.path.absolute && d.path.names.size == 1
          mixins = d.assigned ? [] : source.mixins.select { |m| m.nesting == [*d.nesting, d.path] }.map(&:path)
          named[name] << Opening.new(file, d, mixins)
        end
      end
      @openings = named
    end
    @visible = {}
    @full = {}
    @ancestors = {}
    @parents = {}
    @sources.each do |file, source|
      source.singleton_methods.each { |m| @singletons[[full(m.nesting, file), m.name]] |= [file] }
    end
  end

  # Openings of a constant in files that are loaded where `file` runs.
  def visible(name, file)
    @visible ||= {}
    @visible[[name, file]] ||= @openings.fetch(name, []).select { |o| loaded?(o.file, file) }
  end

  def loaded?(target, file)
    answers = (@loaded ||= {})[file] ||= {}
    answers.fetch(target) { answers[target] = seen_from?(target, file) }
  end

  def seen_from?(target, file)
    return true if target == file || @paths.library?(target, file) || closure(file).include?(target)

    application = @paths.application_of(target)
    if application && @paths.booted?(target, application)
      return true if @paths.under?(file, application) || %w[application environment].any? { |f| closure(file).include?(@paths.join(application, "config/#{f}.rb")) }
    end
    # Cucumber loads all of features/ at once.
    features = file[%r{\A(.*/)?features/}]
    !features.nil? && target.start_with?(features)
  end

  def closure(file)
    @closures[file] ||= begin
      seen = Set[file]
      queue = [file]
      until queue.empty?
        @required.fetch(queue.shift, []).each { |f| queue << f if f && seen.add?(f) }
      end
      seen
    end
  end

  # --- libraries

  # What Ruby and its standard library define, and what is named like a gem or a required file that is not in the tree.
  def foreign?(name)
    return false if name.empty?
    return true if runtime?(name) && !owned?(name)

    @external.include?(name.map { |n| squash(n) }) && !owned?(name)
  end

  # The tree is that library itself: its file is where convention puts it.
  def owned?(name)
    @owned ||= {}
    @owned.fetch(name) do
      @owned[name] = @openings.fetch(name, []).any? { |o| !@paths.test?(o.file) && conventional?(o.file, name) } && !(name.size == 1 && CORE.include?(name[0]))
    end
  end

  CORE = IO.popen(["ruby", "--disable-gems", "-e", "puts Object.constants"], &:read).split.to_set.freeze

  # Core classes that a Ruby older than the tree lacks.
  NEWER = %w[Data].freeze

  def runtime?(name)
    return true if NEWER.include?(name[0])

    @runtime ||= {}
    @runtime.fetch(name) do
      at = Object
      @runtime[name] = name.each_with_index.all? do |n, i|
        there = at.is_a?(Module) && at.const_defined?(n, i.zero?)
        at = at.const_get(n, i.zero?) if there
        there
      rescue NameError, LoadError, NotImplementedError
        false
      end && !OWN.include?(name[0])
    end
  end

  # Constants of this program.
  OWN = %w[Path Definition Reference Mixin Call SingletonMethod Require NamedAutoload LiteralAutoload GemFacts Source LoadPaths Constants RUBY_FILE].freeze

  def external_names
    names = Set.new(@paths.external_libraries)
    found = Set.new(@paths.gem_names)
    @sources.each do |file, source|
      source.requires.select { |r| r.via == "require" && !r.beside }.each { |r| (@paths.find(r, file)[0] ? found : names) << r.specifier }
    end
    spell(names) - spell(found)
  end

  # "rack/mock_request" => ["rack"], ["rack", "mockrequest"]
  def spell(names)
    names.flat_map { |n| [n.split("/"), n.split("-")] }.flat_map { |parts| parts.each_index.map { |i| parts[0..i].map { |p| squash(p) } } }.to_set
  end

  def squash(name) = name.delete("_-").downcase

  # ActiveSupport::Inflector#underscore
  def underscore(name)
    name.gsub("::", "/").gsub(/([A-Z]+)(?=[A-Z][a-z])|([a-z\d])(?=[A-Z])/) { "#{$1 || $2}_" }.downcase
  end
end
