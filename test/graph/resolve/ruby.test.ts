import assert from 'node:assert/strict';
import { graphOfFiles, shownEdges } from '../../workspaces.js';

async function edges(files: Readonly<Record<string, string>>): Promise<string[]> {
  return shownEdges(await graphOfFiles(files));
}

/** Edges that leave one file. */
async function edgesFrom(from: string, files: Readonly<Record<string, string>>): Promise<string[]> {
  return (await edges(files)).filter((e) => e.startsWith(`${from} -> `)).map((e) => e.slice(from.length + 4));
}

const GEMSPEC = 'Gem::Specification.new do |s|\n  s.name = "acme"\nend\n';

describe('graph/resolve: Ruby requires', () => {
  it('looks in lib/ of the gem around the file, or where its gemspec says', async () => {
    assert.deepEqual(
      await edges({
        'acme.gemspec': GEMSPEC,
        'lib/acme.rb': 'require "acme/site"\n',
        'lib/acme/site.rb': '',
        'plug/plug.gemspec': 'Gem::Specification.new "plug" do |s|\n  s.require_paths = ["code", "more"]\nend\n',
        'plug/code/plug.rb': 'require "plug/in"\nrequire "acme/site"\n',
        'plug/more/plug/in.rb': '',
        'plug/lib/plug/in.rb': '',
      }),
      ['lib/acme.rb -> lib/acme/site.rb', 'plug/code/plug.rb -> plug/more/plug/in.rb'],
    );
  });

  it('finds other gems of the tree when a gemspec depends on them or the Gemfile bundles them', async () => {
    const gem = (name: string, dependency = '') => `Gem::Specification.new do |s|\n  s.name = "${name}"\n${dependency}end\n`;
    const files = {
      'base/base.gemspec': gem('base'),
      'base/lib/base.rb': '',
      'web/web.gemspec': gem('web', '  s.add_dependency "base", "1.0"\n'),
      'web/lib/web.rb': 'require "base"\nrequire "tool"\n',
      'tool/tool.gemspec': gem('tool'),
      'tool/lib/tool.rb': 'require "web"\nrequire "base"\n',
    };
    assert.deepEqual(await edges(files), ['web/lib/web.rb -> base/lib/base.rb']);
    assert.deepEqual(await edgesFrom('tool/lib/tool.rb', { ...files, Gemfile: 'gem "web", path: "web"\n' }), [
      'base/lib/base.rb',
      'web/lib/web.rb',
    ]);
  });

  it('leads nowhere for the standard library and for gems, whatever the tree calls its files', async () => {
    assert.deepEqual(
      await edges({
        'acme.gemspec': GEMSPEC,
        'lib/acme.rb': 'require "json"\nrequire "set"\nrequire "rack"\nrequire "helper"\n',
        'test/acme_test.rb': 'require "json"\n',
        'json.rb': '',
        'set.rb': '',
        'rack.rb': '',
        'test/json.rb': '',
        'test/rack.rb': '',
        'test/helper.rb': '',
        'spec/set.rb': '',
        'lib/acme/json.rb': '',
      }),
      [],
    );
  });

  it('lets tests and specs find what is in their folder', async () => {
    assert.deepEqual(
      await edges({
        'acme.gemspec': GEMSPEC,
        'lib/acme.rb': '',
        'test/helper.rb': '',
        'test/unit/site_test.rb': 'require "helper"\nrequire "acme"\nrequire "spec_helper"\n',
        'spec/spec_helper.rb': '',
        'spec/site_spec.rb': 'require "spec_helper"\nrequire "helper"\n',
      }),
      ['spec/site_spec.rb -> spec/spec_helper.rb', 'test/unit/site_test.rb -> lib/acme.rb', 'test/unit/site_test.rb -> test/helper.rb'],
    );
  });

  it('follows what the tree itself puts on the load path', async () => {
    assert.deepEqual(
      await edgesFrom('test/a_test.rb', {
        'acme.gemspec': GEMSPEC,
        'test/helper.rb': '$LOAD_PATH.unshift File.expand_path("support", __dir__)\n$: << File.join(File.dirname(__FILE__), "../tools")\n',
        'test/a_test.rb': 'require "helper"\nrequire "fake_server"\nrequire "runner"\n',
        'test/support/fake_server.rb': '',
        'tools/runner.rb': '',
      }),
      ['test/helper.rb', 'test/support/fake_server.rb', 'tools/runner.rb'],
    );
  });

  it('reads paths from the file itself in all the ways people write them', async () => {
    assert.deepEqual(
      await edgesFrom('bin/run.rb', {
        'bin/run.rb': `require_relative "../lib/a"
require File.expand_path("../lib/b", __dir__)
require File.expand_path("../../lib/c", __FILE__)
require File.join(File.dirname(__FILE__), "..", "lib", "d")
require File.dirname(__FILE__) + "/../lib/e"
require "#{__dir__}/../lib/f"
load File.expand_path("g.rake", __dir__)
require_relative "../lib/#{name}"
YAML.load "../lib/h"
`,
        'bin/g.rake': '',
        ...Object.fromEntries([...'abcdefh'].map((n) => [`lib/${n}.rb`, ''])),
      }),
      ['bin/g.rake', 'lib/a.rb', 'lib/b.rb', 'lib/c.rb', 'lib/d.rb', 'lib/e.rb', 'lib/f.rb'],
    );
  });

  it('gives what hangs on the current folder of the process as named only', async () => {
    assert.deepEqual(await edges({ 'config.ru': 'require "./app"\nload "tasks/x.rake"\n', 'app.rb': '', 'tasks/x.rake': '' }), [
      'config.ru -> app.rb (named)',
      'config.ru -> tasks/x.rake (named)',
    ]);
  });

  it('follows autoload by path, and by name where ActiveSupport::Autoload derives the path', async () => {
    assert.deepEqual(
      await edges({
        'acme.gemspec': GEMSPEC,
        'lib/acme.rb': `module Acme
  extend ActiveSupport::Autoload
  autoload :Page, "acme/pages/page"
  autoload :HTTPServer
  autoload_under "testing" do
    autoload :FakeClock
  end
  autoload_at "acme/errors" do
    autoload :NotFound
  end
end
`,
        'lib/acme/pages/page.rb': '',
        'lib/acme/http_server.rb': '',
        'lib/acme/testing/fake_clock.rb': '',
        'lib/acme/errors.rb': '',
      }),
      [
        'lib/acme.rb -> lib/acme/errors.rb',
        'lib/acme.rb -> lib/acme/http_server.rb',
        'lib/acme.rb -> lib/acme/pages/page.rb',
        'lib/acme.rb -> lib/acme/testing/fake_clock.rb',
      ],
    );
  });
});

describe('graph/resolve: Ruby constants', () => {
  const uses = (user: string, files: Readonly<Record<string, string>>) =>
    edgesFrom('lib/user.rb', { 'acme.gemspec': GEMSPEC, 'lib/user.rb': user, ...files });

  it('looks in the lexical scopes outwards, innermost first', async () => {
    const files = {
      'lib/a.rb': 'module A\n  class C; end\nend\n',
      'lib/ab.rb': 'module A\n  module B\n    class C; end\n  end\nend\n',
      'lib/c.rb': 'class C; end\n',
    };
    assert.deepEqual(await uses('module A\n  module B\n    C\n  end\nend\n', files), ['lib/ab.rb (use)']);
    assert.deepEqual(await uses('module A\n  module X\n    C\n  end\nend\n', files), ['lib/a.rb (use)']);
    assert.deepEqual(await uses('module X\n  C\nend\n', files), ['lib/c.rb (use)']);
    // `module A::B` opens one scope, not two.
    assert.deepEqual(await uses('module A::X\n  C\nend\n', files), ['lib/a.rb (use)', 'lib/c.rb (use)']);
    assert.deepEqual(await uses('module A\n  ::C\nend\n', files), ['lib/c.rb (use)']);
  });

  it('does not fall through to the top for the later segments of a path', async () => {
    const files = { 'lib/foo.rb': 'class Foo\n  def run; end\nend\n', 'lib/bar.rb': 'class Bar; end\n' };
    assert.deepEqual(await uses('Foo::Bar\n', files), ['lib/foo.rb (use)']);
    // Nor beyond the nearest Foo.
    const nearer = {
      ...files,
      'lib/a/foo.rb': 'module A\n  class Foo\n    def run; end\n  end\nend\n',
      'lib/foo/bar.rb': 'class Foo\n  class Bar; end\nend\n',
    };
    assert.deepEqual(await uses('module A\n  Foo::Bar\nend\n', nearer), ['lib/a/foo.rb (use)']);
    assert.deepEqual(await uses('module B\n  Foo::Bar\nend\n', nearer), ['lib/foo/bar.rb (use)']);
  });

  it('looks in superclasses and in included and prepended modules, not in extended ones', async () => {
    const files = {
      'lib/base.rb': 'class Base\n  include Shared\n  Limit = 1\nend\n',
      'lib/shared.rb': 'module Shared\n  Deep = 1\nend\n',
      'lib/other.rb': 'module Other\n  Own = 1\nend\n',
    };
    assert.deepEqual(await uses('class User < Base\n  Limit\n  Deep\nend\n', files), ['lib/base.rb (use)', 'lib/shared.rb (use)']);
    assert.deepEqual(await uses('class User\n  prepend Other\n  def x = Own\nend\n', files), ['lib/other.rb (use)']);
    assert.deepEqual(await uses('class User\n  Own\nend\n', files), []);
    assert.deepEqual(
      (
        await uses('module Inner\n  Own = 1\nend\nclass User\n  extend Other\n  Own\nend\n', { ...files, 'lib/own.rb': 'class Own; end\n' })
      ).filter((e) => e.includes('own')),
      ['lib/own.rb (use)'],
    );
    assert.deepEqual(await uses('Base::Deep\n', files), ['lib/shared.rb (use)']);
  });

  it('reads a superclass outside the class it belongs to', async () => {
    assert.deepEqual(
      await uses('module A\n  class Error < Error\n  end\nend\n', {
        'lib/error.rb': 'class Error < StandardError\nend\n',
        'lib/a/error.rb': '',
      }),
      ['lib/error.rb (use)'],
    );
  });

  it('follows a constant that stands for another, and what Class.new makes', async () => {
    const files = {
      'lib/long.rb': 'module Long\n  module Name\n    Part = 1\n  end\nend\n',
      'lib/short.rb': 'Short = Long::Name\nMade = Class.new(Long::Base)\n',
      'lib/base.rb': 'class Long::Base\n  Kept = 1\nend\n',
    };
    assert.deepEqual(await uses('Short::Part\n', files), ['lib/long.rb (use)']);
    assert.deepEqual(await uses('Made::Kept\n', files), ['lib/base.rb (use)']);
  });

  it('takes no reopened class of Ruby, its library or a gem for a definition of the tree', async () => {
    const files = {
      Gemfile: 'gem "rack"\n',
      'lib/core_ext.rb': `class String
  def shout = upcase
end
class Logger
  def quiet = self
end
module Rack
  class Request
    def mobile? = true
  end
  class Limiter < Base
  end
end
module Net
  class HTTP
    def again = 1
  end
end
`,
      'lib/http.rb': 'require "net/http"\n',
    };
    assert.deepEqual(await uses('String.new\nLogger.new\nRack::Request\nNet::HTTP\nRack\n', files), []);
    // A superclass is only given where a class is opened first: this one is the tree's.
    assert.deepEqual(await uses('Rack::Limiter\n', files), ['lib/core_ext.rb (use)']);
    // A class of one's own of that name is another constant.
    assert.deepEqual(
      await uses('module Acme\n  String\n  Set\nend\n', { 'lib/acme.rb': 'module Acme\n  class String; end\n  class Set; end\nend\n' }),
      ['lib/acme.rb (use)'],
    );
  });

  it('gives of several files that open a class the one that defines it', async () => {
    const reopened = { 'lib/acme/extra.rb': 'class Acme::Page\n  def extra; end\nend\n' };
    const user = 'Acme::Page.new\n';
    assert.deepEqual(
      await uses(user, { ...reopened, 'lib/acme.rb': 'module Acme; end\n', 'lib/acme/page.rb': 'class Acme::Page\nend\n' }),
      ['lib/acme/page.rb (use)'],
    );
    assert.deepEqual(await uses(user, { ...reopened, 'lib/models.rb': 'module Acme\n  class Page < Model\n  end\nend\n' }), [
      'lib/models.rb (use)',
    ]);
    assert.deepEqual(
      await uses(user, {
        ...reopened,
        'lib/acme.rb': 'module Acme\n  autoload :Page, "acme/paper"\nend\n',
        'lib/acme/paper.rb': 'module Acme\n  class Page\n  end\nend\n',
      }),
      ['lib/acme/paper.rb (use)'],
    );
    // Where nothing tells, no file is picked.
    assert.deepEqual(await uses(user, { ...reopened, 'lib/more.rb': 'class Acme::Page\n  def more; end\nend\n' }), []);
  });

  it('leads a class method to the file that has it', async () => {
    assert.deepEqual(
      await uses('Acme.logger\nAcme.page\nAcme.hidden\n', {
        'lib/acme.rb': 'module Acme\n  class << self\n    def logger; end\n  end\n  def hidden; end\nend\n',
        'lib/acme/pages.rb': 'module Acme\n  def self.page; end\nend\n',
      }),
      ['lib/acme.rb (use)', 'lib/acme/pages.rb (use)'],
    );
  });
});

describe('graph/resolve: what Ruby files see of each other', () => {
  it('keeps tests, scripts and other gems out of a library', async () => {
    assert.deepEqual(
      await edgesFrom('lib/acme.rb', {
        'acme.gemspec': GEMSPEC,
        'lib/acme.rb': 'Document\nPost\nTool\n',
        'benchmark/drops.rb': 'class Document; end\n',
        'test/post.rb': 'class Post; end\n',
        'other/other.gemspec': 'Gem::Specification.new "other"\n',
        'other/lib/tool.rb': 'class Tool; end\n',
      }),
      [],
    );
  });

  it('shows a test the definitions that it requires, and as named the only one among its neighbours', async () => {
    const files = {
      'acme.gemspec': GEMSPEC,
      'test/helper.rb': 'require_relative "support/post"\n',
      'test/support/post.rb': 'class Post; end\n',
      'test/support/tag.rb': 'class Tag; end\n',
      'test/one/user.rb': 'class User; end\n',
      'test/two/user.rb': 'class User; end\n',
    };
    assert.deepEqual(await edgesFrom('test/a_test.rb', { ...files, 'test/a_test.rb': 'require "helper"\nPost\nTag\nUser\n' }), [
      'test/helper.rb',
      'test/support/post.rb (use)',
      'test/support/tag.rb (use, named)',
    ]);
  });

  it('shows a Rails application all of its app/, and an engine to the gems that use it', async () => {
    const application = {
      'site/config/application.rb': 'module Site\n  class Application < Rails::Application\n  end\nend\n',
      'site/app/models/user.rb': 'class User < ApplicationRecord\n  include Named\nend\n',
      'site/app/models/concerns/named.rb': 'module Named\nend\n',
      'site/config/initializers/user.rb': 'class User\n  def extra; end\nend\n',
      'site/app/controllers/users_controller.rb': 'class UsersController\n  def index = User.all\nend\n',
      'elsewhere/script.rb': 'User.all\n',
    };
    assert.deepEqual(await edges(application), [
      'site/app/controllers/users_controller.rb -> site/app/models/user.rb (use)',
      'site/app/models/user.rb -> site/app/models/concerns/named.rb (use)',
    ]);
    assert.deepEqual(
      await edges({
        'store/store.gemspec': 'Gem::Specification.new "store"\n',
        'store/lib/store/engine.rb': 'module Store\n  class Engine < ::Rails::Engine\n  end\nend\n',
        'store/app/models/store/blob.rb': 'class Store::Blob < Record\nend\n',
        'text/text.gemspec': 'Gem::Specification.new "text" do |s|\n  s.add_dependency "store"\nend\n',
        'text/lib/text.rb': 'Store::Blob\n',
        'free/free.gemspec': 'Gem::Specification.new "free"\n',
        'free/lib/free.rb': 'Store::Blob\n',
      }),
      ['store/app/models/store/blob.rb -> store/lib/store/engine.rb (use)', 'text/lib/text.rb -> store/app/models/store/blob.rb (use)'],
    );
  });
});
