import assert from 'node:assert/strict';
import { graphOfFiles, shownEdges } from '../../workspaces.js';

/** Edges of a source file that includes `config.h`, which the folders one and two both have. */
const configOf = async (
  path: string,
  builds: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
): Promise<string[]> =>
  shownEdges(await graphOfFiles({ [path]: '#include "config.h"\n', 'one/config.h': '', 'two/config.h': '', ...files, ...builds }));

describe('graph/resolve: C and C++ headers as build files tell', () => {
  it('reads -I of makefiles, through their variables and continued lines', async () => {
    for (const makefile of [
      'CFLAGS += -O2 -I../two -I../one\n',
      'DIRS = two\nCPPFLAGS = -Wall \\\n  -I $(srcdir)/../$(DIRS)\n',
      '# -I../one\nCC = cc -isystem "../two"\n',
      'top := ..\nINCLUDES := $(addprefix -I,$(top)/two)\n',
    ])
      assert.deepEqual(await configOf('app/a.c', { 'app/Makefile': makefile }), ['app/a.c -> two/config.h'], makefile);
  });

  it('knows the folders of automake: beside the file, and at the top of the project', async () => {
    assert.deepEqual(await configOf('lib/app/a.c', { 'lib/app/Makefile.am': 'AM_CPPFLAGS = -I$(top_srcdir)/two\n', 'configure.ac': '' }), [
      'lib/app/a.c -> two/config.h',
    ]);
  });

  it('reads CMake: folders of targets, lists that other files append to, folders of projects', async () => {
    for (const list of [
      'target_include_directories(app PRIVATE ../two)\n',
      `include_directories(SYSTEM "\${PROJECT_SOURCE_DIR}/two")\n`,
      `include_directories(\${Tree_SOURCE_DIR}/two)\n`,
      `target_include_directories(app PUBLIC $<BUILD_INTERFACE:\${CMAKE_CURRENT_SOURCE_DIR}/../two> $<INSTALL_INTERFACE:one>)\n`,
      `target_include_directories(app PRIVATE \${HEADERS})\n`,
    ])
      assert.deepEqual(
        await configOf('app/a.c', {
          'CMakeLists.txt': 'project(Tree C)\nset(HEADERS none)\nadd_subdirectory(app)\n',
          'app/CMakeLists.txt': list,
          'cmake/headers.cmake': `list(APPEND HEADERS \${CMAKE_SOURCE_DIR}/two) # one\n`,
        }),
        ['app/a.c -> two/config.h'],
        list,
      );
  });

  it('reads Meson, compile_flags.txt and compile_commands.json of another machine', async () => {
    assert.deepEqual(await configOf('app/a.c', { 'app/meson.build': "inc = include_directories('../two')\n" }), [
      'app/a.c -> two/config.h',
    ]);
    assert.deepEqual(await configOf('app/a.c', { 'compile_flags.txt': '-std=c11\n-Itwo\n' }), ['app/a.c -> two/config.h']);
    assert.deepEqual(
      await configOf('app/a.c', {
        'compile_commands.json': '[{"directory": "/home/x/tree", "command": "cc -I/home/x/tree/two -c app/a.c", "file": "app/a.c"}]',
      }),
      ['app/a.c -> two/config.h'],
    );
  });

  it('takes the nearest build file first, and the folders of each in their order', async () => {
    assert.deepEqual(await configOf('app/a.c', { Makefile: 'C = -Ione\n', 'app/Makefile': 'C = -I../two -I../one\n' }), [
      'app/a.c -> two/config.h',
    ]);
  });

  it('looks up the includes of a header as the build files do that name its folder', async () => {
    assert.deepEqual(
      await configOf('shared/a.h', {
        'x/Makefile': 'C = -I../shared -I../two\n',
        'y/Makefile': 'C = -I../one\n',
      }),
      ['shared/a.h -> two/config.h'],
    );
  });

  it('is less sure where build files disagree', async () => {
    assert.deepEqual(
      await configOf('shared/a.h', {
        'x/Makefile': 'C = -I../shared -I../two\n',
        'y/Makefile': 'C = -I../shared -I../two\n',
        'z/Makefile': 'C = -I../shared -I../one\n',
      }),
      ['shared/a.h -> two/config.h (named)'],
    );
  });

  it('puts up with variables that name themselves or one another', async () => {
    assert.deepEqual(
      await configOf('app/a.c', { 'app/Makefile': 'A = $(B)/x\nB = $(A)/y\nC = $(C) ../two\nF = -I$(A) -I$(D)/../one -I$(C)\n' }),
      ['app/a.c -> two/config.h'],
    );
  });

  it('leads to what a header is made from where the build makes it', async () => {
    assert.deepEqual(
      shownEdges(await graphOfFiles({ 'src/a.c': '#include "config.h"\n#include <gone.h>\n', 'config.h.in': '#undef HAVE_X\n' })),
      ['src/a.c -> config.h.in (named)'],
    );
  });

  it('is less sure of angle brackets that no known folder explains', async () => {
    const files = { 'src/a.c': '#include <zlib.h>\n', 'third/zlib/zlib.h': '' };
    assert.deepEqual(shownEdges(await graphOfFiles(files)), ['src/a.c -> third/zlib/zlib.h (named)']);
    assert.deepEqual(shownEdges(await graphOfFiles({ ...files, Makefile: 'C = -Ithird/zlib\n' })), ['src/a.c -> third/zlib/zlib.h']);
  });
});
