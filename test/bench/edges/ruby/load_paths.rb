# frozen_string_literal: true

# Where `require` looks, as RubyGems and Bundler set it up: gemspecs and Gemfiles are evaluated by their own tools.
require "bundler"
require "pathname"
require "rubygems"

GemFacts = Struct.new(:name, :require_paths, :runtime, :development)

class LoadPaths
  TEST_FOLDERS = %w[test spec].freeze

  # Names of gems that the tree uses and does not hold.
  attr_reader :external_libraries

  def initialize(root, files, sources)
    @root = root
    @files = files.to_set
    @sources = sources
    @gems = aside { load_gemspecs(files) }
    @bundles = aside { load_gemfiles(files) }
    @folders = {}
    @external_libraries = Set.new(@gems.values.flat_map { |g| g.runtime + g.development } + @bundles.values.flatten) - gem_names
  end

  def gem_names = @gems.values.map(&:name)

  # [file that a require loads or nil, whether that does not hang on the current folder of the process]
  def find(required, from)
    specifier = required.specifier
    if required.beside
      return [existing(join(File.dirname(from), specifier), required.via), true]
    elsif specifier.start_with?("./", "../")
      return [existing(join(project_of(from), specifier), required.via) || existing(join(File.dirname(from), specifier), required.via), false]
    elsif specifier.start_with?("/")
      return [nil, true]
    end

    of(from).each do |folder, certain|
      found = existing(join(folder, specifier), required.via)
      return [found, certain] if found
    end
    [required.via == "load" ? existing(join(project_of(from), specifier), "load") : nil, false]
  end

  # Folders on the load path of a file, nearest first, each with whether it certainly is.
  def of(file)
    @folders[File.dirname(file)] ||= folders(file)
  end

  # The gems of the tree that a file can require, its own first.
  def gems_of(file)
    @gems_of ||= {}
    @gems_of[File.dirname(file)] ||= find_gems(file)
  end

  def find_gems(file)
    own = gem_of(file)
    names = [own && @gems[own].name, *bundle_of(file)]
    names += @gems[own].runtime + @gems[own].development if own
    found = []
    queue = names.compact
    until queue.empty?
      name = queue.shift
      folder, spec = @gems.find { |_, s| s.name == name }
      next if spec.nil? || found.include?(folder)

      found << folder
      queue.concat(spec.runtime)
    end
    found
  end

  def gem_of(file) = ancestors(File.dirname(file)).find { |d| @gems.key?(d) }

  # Folders that convention names constants from: load roots, and what Rails autoloads.
  def roots_over(file)
    parts = File.dirname(file).split("/")
    (0..parts.size).map { |n| n.zero? ? "" : parts.take(n).join("/") }.select do |d|
      %w[lib test spec].include?(File.basename(d)) || (a = application_of(file)) && autoload_paths(a).include?(d) || d.match?(%r{(\A|/)app/[^/]+(/concerns)?\z}) || @gems.any? { |g, s| s.require_paths.any? { |p| join(g, p) == d } }
    end
  end

  # Folder of the nearest project: a gem, an application, a Rakefile or a Gemfile; else the tree.
  def project_of(file)
    ancestors(File.dirname(file)).find { |d| project?(d) } || ""
  end

  def join(*parts)
    path = Pathname.new(parts.reject(&:empty?).join("/")).cleanpath.to_s
    path == "." ? "" : path
  end

  # Rails applications: folder of config/application.rb.
  def application_of(file) = ancestors(File.dirname(file)).find { |d| @files.include?(join(d, "config/application.rb")) }

  # What a Rails application loads by itself: its autoload paths and its configuration.
  def booted?(file, application)
    folders = %w[app lib config/initializers config/environments].map { |f| join(application, f) } + autoload_paths(application)
    folders.any? { |f| under?(file, f) } || %w[application environment].any? { |f| file == join(application, "config/#{f}.rb") }
  end

  # `config.autoload_paths.push("#{root}/extras")` and the like.
  def autoload_paths(application)
    @autoload_paths ||= {}
    @autoload_paths[application] ||= begin
      text = @sources[join(application, "config/application.rb")]&.text || ""
      text.scan(/^\s*config\.(?:autoload|eager_load)_paths.*?(?=^\s*(?:config\.|#|end|$))/m).flat_map { |s| s.scan(/root(?:}\/|\.join\(["'])([\w.\/-]+)/) }.map { |(f)| join(application, f) }
    end
  end

  # lib/ of a gem or project that stands on the load path of `from`, or the gem's app/ when it is an engine.
  def library?(file, from)
    @libraries ||= {}
    @libraries[[File.dirname(file), File.dirname(from), file == from]] ||= [of_library?(file, from)]
    @libraries[[File.dirname(file), File.dirname(from), file == from]][0]
  end

  def of_library?(file, from)
    of(from).any? { |folder, _| !TEST_FOLDERS.include?(File.basename(folder)) && under?(file, folder) } ||
      gems_of(from).any? { |g| under?(file, join(g, "app")) && engine?(g) }
  end

  def test?(file) = file.match?(%r{(\A|/)(test|tests|spec|features)/})

  def under?(file, folder) = folder.empty? || file.start_with?("#{folder}/")

  def ancestors(folder)
    return [""] if folder == "." || folder.empty?

    parts = folder.split("/")
    parts.size.downto(1).map { |n| parts.take(n).join("/") } + [""]
  end

  private

  def engine?(gem)
    @engines ||= {}
    @engines.fetch(gem) { @engines[gem] = @sources.any? { |f, s| under?(f, join(gem, "lib")) && s.text.match?(/<\s*(::)?Rails::Engine/) } }
  end

  def existing(path, via)
    return nil if path.start_with?("../")
    return (@files.include?(path) ? path : nil) if path.end_with?(".rb") || via == "load"

    @files.include?("#{path}.rb") ? "#{path}.rb" : nil
  end

  def project?(dir)
    @gems.key?(dir) || dir.empty? || %w[Gemfile Rakefile config.ru].any? { |f| @files.include?(join(dir, f)) }
  end

  def folders(file)
    found = {}
    ancestors(File.dirname(file)).each do |d|
      project = d.empty? ? "" : File.dirname(d).sub(/\A\.\z/, "")
      found[d] = true if TEST_FOLDERS.include?(File.basename(d)) && !d.empty? && project?(project)
    end
    changes_for(file).each { |folder| found[folder] = true }
    ancestors(File.dirname(file)).each do |d|
      next unless project?(d)

      (@gems[d]&.require_paths || ["lib"]).each { |p| found[join(d, p)] = true }
      break if @gems.key?(d)
    end
    gems_of(file).each { |g| @gems[g].require_paths.each { |p| found[join(g, p)] = true } }
    found.to_a
  end

  # $LOAD_PATH belongs to the process: what one file of a project adds, its other files see; what a test adds, only tests.
  def changes_for(file)
    @changes ||= @sources.flat_map do |by, source|
      source.load_path_folders.map { |f| [join(File.dirname(by), f), project_of(by), test?(by)] }
    end
    @changes.select { |_, project, test| project == project_of(file) && (!test || test?(file)) }.map(&:first)
  end

  def bundle_of(file)
    gemfile = ancestors(File.dirname(file)).find { |d| @bundles.key?(d) }
    gemfile ? @bundles[gemfile] : []
  end

  # A gemspec may load its gem: in another process, so that this one's constants stay Ruby's own.
  def aside
    reader, writer = IO.pipe
    reader.binmode
    pid = fork do
      $stdout.reopen($stderr)
      writer.binmode
      writer.write(Marshal.dump(yield))
      writer.close
      exit!(0)
    end
    writer.close
    found = Marshal.load(reader.read)
    Process.wait(pid)
    found
  end

  def load_gemspecs(files)
    files.grep(/\.gemspec\z/).filter_map do |f|
      spec = Dir.chdir("#{@root}/#{File.dirname(f)}") { Gem::Specification.load("#{@root}/#{f}") }
      next unless spec

      development = spec.development_dependencies.map(&:name)
      [File.dirname(f).sub(/\A\.\z/, ""), GemFacts.new(spec.name, spec.require_paths, spec.runtime_dependencies.map(&:name), development)]
    end.to_h
  end

  # Folder of each Gemfile => names of the gems it bundles.
  def load_gemfiles(files)
    files.select { |f| File.basename(f) == "Gemfile" }.to_h do |f|
      dsl = Bundler::Dsl.new
      begin
        Dir.chdir("#{@root}/#{File.dirname(f)}") { dsl.eval_gemfile(Pathname.new("#{@root}/#{f}")) }
      rescue StandardError, ScriptError => e
        warn "#{f}: #{e.class}"
      end
      [File.dirname(f).sub(/\A\.\z/, ""), dsl.dependencies.map(&:name)]
    end
  end
end
