# gouji (勾稽). For newcomers:
#   make demo     install what is missing, build, ingest samples/, show the findings
#   make check    install what is missing, build, run all tests
# For developers: make (V=1 shows the commands), make quick, make asan, make hostile, make fuzz FUZZ_SECONDS=600,
# make fuzz-afl AFL_TARGET=scan, make bench, make scale REPORTS=10000, make accept (golden files), make messages (of the translation), make format,
# make install PREFIX=… DESTDIR=…

VERSION := 0.1.0
PREFIX  ?= /usr/local
BUILD   ?= build
CC      ?= gcc
export LC_ALL ?= C.UTF-8

# Debian packages, the one list: to build and run; to test.
BUILD_PACKAGES := gcc libc6-dev make pkg-config gettext libglib2.0-dev libpoppler-glib-dev \
    libfontconfig-dev nettle-dev poppler-data libicu-dev libxml2-dev libsqlite3-dev libdeflate-dev libseccomp-dev libxlsxwriter-dev
CHECK_PACKAGES := $(BUILD_PACKAGES) git perl python3 python3-tap python3-fitz poppler-utils \
    libxml2-utils sqlite3 valgrind clang libclang-rt-14-dev clang-format man-db locales procps
BENCH_PACKAGES := poppler-utils python3-fitz mupdf-tools

LIBRARIES := glib-2.0 gio-2.0 poppler-glib cairo fontconfig nettle icu-i18n icu-uc libxml-2.0 sqlite3 libdeflate libseccomp
ifneq ($(shell command -v pkg-config),)
LIBRARY_CFLAGS := $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null)
LIBRARY_LIBS   := $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null)
endif

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Werror
CFLAGS   ?= -O2 -g
CPPFLAGS += -I. -D_GNU_SOURCE -DGOUJI_VERSION='"$(VERSION)"' -DGETTEXT_PACKAGE='"gouji"' \
    -DGOUJI_DATA_DIR='"$(PREFIX)/share/gouji"' -DGOUJI_LOCALE_DIR='"$(PREFIX)/share/locale"' \
    -DG_LOG_DOMAIN='"gouji"'
ALL_CFLAGS = -std=c17 $(WARNINGS) $(CFLAGS) $(SANITIZE) $(CPPFLAGS) $(LIBRARY_CFLAGS)
# The loader looks for a name in the libraries in their order: most are Poppler's or the languages'.
SOUGHT_LIBS := -Wl,--push-state,--no-as-needed -lpoppler -l:libstdc++.so.6 -lc -Wl,--pop-state
ALL_LIBS   = $(SANITIZE) -rdynamic $(LDFLAGS) $(SOUGHT_LIBS) $(LIBRARY_LIBS) -lm

# One line for each step; with V=1 the command too, with -s nothing.
Q    := $(if $(V),,@)
STEP := $(if $(findstring s,$(firstword -$(MAKEFLAGS))),@true,@printf '%-9s %s\n')

SOURCES := $(wildcard extract/*.c extract/*/*.c normalize/*.c normalize/*/*.c load/*.c load/*/*.c commands/*.c commands/*/*.c)
OBJECTS := $(SOURCES:%.c=$(BUILD)/objects/%.o) $(BUILD)/objects/load/schema.o $(BUILD)/objects/normalize/proven.o
UNIT    := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/*.c))
CLI     := $(sort $(wildcard tests/cli/*.py))
CLI     := $(filter-out tests/cli/support.py tests/cli/reports.py,$(CLI))
NORMALIZER := $(BUILD)/tests/normalizer
PARTS   := $(BUILD)/tests/parts
ISOLATION := $(BUILD)/tests/isolation
QUICK   := $(if $(CLI),$(shell grep -l '^\# quick' $(CLI)))

# Messages in other languages than English, beside the program as it is run from here.
MESSAGES := $(patsubst po/%.po,$(BUILD)/locale/%/LC_MESSAGES/gouji.mo,$(wildcard po/*.po))

.PHONY: all demo check quick asan hostile fuzz fuzz-afl bench scale accept messages format install clean
all: $(BUILD)/gouji $(MESSAGES)

$(BUILD)/gouji: $(BUILD)/objects/main.o $(OBJECTS)
	$(STEP) LINK $@
	$(Q)$(CC) $^ -o $@ $(ALL_LIBS)

# The digests of the pattern files that a program without them found valid (normalize/proven.h).
UNPROVEN := $(BUILD)/unproven/gouji

$(UNPROVEN): $(BUILD)/objects/main.o $(filter-out %/proven.o,$(OBJECTS))
	@mkdir -p $(@D)
	$(STEP) LINK $@
	$(Q)$(CC) $^ -o $@ $(ALL_LIBS)

$(BUILD)/generated/proven.c: $(UNPROVEN) $(wildcard patterns/*.xml patterns/*.rng)
	@mkdir -p $(@D)
	$(STEP) PROVE $@
	$(Q)$(UNPROVEN) patterns --patterns patterns > $@.list
	$(Q)(echo '#include "normalize/proven.h"'; echo 'const char *const PATTERNS_PROVEN[] = {'; \
	    awk -F'\t' 'NF == 4 { print "    \"" $$4 "\"," }' $@.list; echo '    0};') > $@

$(BUILD)/objects/normalize/proven.o: $(BUILD)/generated/proven.c
	@mkdir -p $(@D)
	$(STEP) COMPILE $<
	$(Q)$(CC) $(ALL_CFLAGS) -c $< -o $@

$(BUILD)/objects/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(STEP) COMPILE $<
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

$(BUILD)/locale/%/LC_MESSAGES/gouji.mo: po/%.po
	@mkdir -p $(@D)
	$(STEP) MESSAGES $<
	$(Q)msgfmt --check -o $@ $<

# The schema's migrations travel inside the program.
$(BUILD)/generated/schema.c: load/schema/gouji.gresource.xml $(wildcard load/schema/*.sql)
	@mkdir -p $(@D)
	$(STEP) RESOURCE $<
	$(Q)glib-compile-resources --sourcedir=load/schema --generate-source --target=$@ $<

$(BUILD)/objects/load/schema.o: $(BUILD)/generated/schema.c
	@mkdir -p $(@D)
	$(STEP) COMPILE $<
	$(Q)$(CC) -std=c17 $(CFLAGS) $(SANITIZE) $(LIBRARY_CFLAGS) -c $< -o $@

$(BUILD)/tests/%: tests/unit/%.c $(OBJECTS)
	@mkdir -p $(@D)
	$(STEP) LINK $@
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -MF $@.d $< $(OBJECTS) -o $@ $(ALL_LIBS)

$(NORMALIZER): tests/mutation/normalizer.c $(OBJECTS)
	@mkdir -p $(@D)
	$(STEP) LINK $@
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -MF $@.d $< $(OBJECTS) -o $@ $(ALL_LIBS)

$(ISOLATION): tests/bench/isolation.c $(OBJECTS)
	@mkdir -p $(@D)
	$(STEP) LINK $@
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -MF $@.d $< $(OBJECTS) -o $@ $(ALL_LIBS)

$(PARTS): tests/bench/parts.c $(OBJECTS)
	@mkdir -p $(@D)
	$(STEP) LINK $@
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -MF $@.d $< $(OBJECTS) -o $@ $(ALL_LIBS)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# Installs what dpkg does not have; says what.
define install_packages
	@missing=$$(for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	    echo "installing Debian packages:" $$missing; \
	    root=$$( [ $$(id -u) = 0 ] || echo sudo ); \
	    $$root apt-get update -qq && \
	    $$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing > /dev/null; \
	fi
endef

# What the two commands of a newcomer build, they build on all cores.
JOBS ?= $(shell nproc)

demo:
	$(call install_packages,$(BUILD_PACKAGES))
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@rm -f $(BUILD)/demo.db*
	@$(BUILD)/gouji ingest --db $(BUILD)/demo.db samples; [ $$? -le 1 ]
	@$(BUILD)/gouji findings --db $(BUILD)/demo.db

check:
	$(call install_packages,$(CHECK_PACKAGES))
	@$(MAKE) --no-print-directory -j$(JOBS) fuzz FUZZ_SECONDS=$(FUZZ_SHORT_SECONDS)
	@$(MAKE) --no-print-directory -j$(JOBS) run-check

# Tests are executables that speak TAP; those that use the shared corpora skip without them.
SHARED := $(wildcard ../shared)
TEST_ENVIRONMENT = LSAN_OPTIONS=suppressions=$(CURDIR)/tests/fuzz/leaks.txt:print_suppressions=0 \
    GOUJI=$(abspath $(BUILD)/gouji) GOUJI_SOURCE=$(CURDIR) \
    $(if $(SHARED),GOUJI_SHARED=$(abspath $(SHARED))) TZ=UTC LANGUAGE= G_SLICE=
PROVE = $(TEST_ENVIRONMENT) prove -j2 -e ''

.PHONY: run-check run-fuzz
run-check: all $(UNIT) $(NORMALIZER)
	$(Q)$(PROVE) $(UNIT) $(CLI) :: --tap

quick: all $(UNIT)
	$(Q)$(PROVE) $(UNIT) $(QUICK) :: --tap

# An empty GArray has no data, and NULL + 0 is a fine pointer to nothing.
SANITIZERS := address,undefined -fno-sanitize=pointer-overflow -fno-sanitize-recover=undefined

asan:
	@$(MAKE) --no-print-directory BUILD=build/asan CFLAGS='-O1 -g' \
	    SANITIZE='-fsanitize=$(SANITIZERS) -fno-omit-frame-pointer' run-check

# The whole corpus of damaged and hostile files; `make check` has a short round.
hostile: all
	$(Q)HOSTILE=all $(TEST_ENVIRONMENT) tests/cli/hostile.py

# Each reader of foreign bytes under libFuzzer for a bounded time; `make check` has a short round.
FUZZ_SECONDS ?= 60
FUZZ_SHORT_SECONDS ?= 3
FUZZERS := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c))

fuzz:
	@$(MAKE) --no-print-directory BUILD=build/fuzz CC='$(FUZZ_CC)' CFLAGS='-O1 -g -Wno-sign-conversion' \
	    SANITIZE='-fsanitize=fuzzer-no-link,$(SANITIZERS)' run-fuzz

FUZZ_CC ?= clang

run-fuzz: $(FUZZERS:%=$(BUILD)/fuzz/%)
	@tests/fuzz/run $(BUILD)/fuzz $(FUZZ_SECONDS) $(FUZZERS)

$(BUILD)/fuzz/%: tests/fuzz/%.c $(OBJECTS)
	@mkdir -p $(@D)
	$(STEP) LINK $@
	$(Q)$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer -MMD -MP -MF $@.d $< $(OBJECTS) -o $@ $(ALL_LIBS) -fsanitize=fuzzer

# One of them under AFL++ (package afl++), which mutates in other ways than libFuzzer.
AFL_TARGET ?= scan

fuzz-afl:
	@$(MAKE) --no-print-directory BUILD=build/afl CC=afl-clang-fast CFLAGS='-O1 -g -Wno-sign-conversion' \
	    build/afl/fuzz/$(AFL_TARGET)
	$(Q)AFL_SKIP_CPUFREQ=1 AFL_AUTORESUME=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1 afl-fuzz -V $(FUZZ_SECONDS) \
	    -i tests/fuzz/corpus/$(AFL_TARGET) -o build/afl/$(AFL_TARGET) -- build/afl/fuzz/$(AFL_TARGET)
	$(Q)! grep -r . -l build/afl/$(AFL_TARGET)/default/crashes build/afl/$(AFL_TARGET)/default/hangs 2> /dev/null

# Costs beside those of other programs, in one run.
bench: all $(NORMALIZER) $(PARTS) $(ISOLATION)
	$(call install_packages,$(BENCH_PACKAGES))
	@for bench in $(filter-out tests/bench/script.py tests/bench/scale.py,$(wildcard tests/bench/*.py)); do $(TEST_ENVIRONMENT) $$bench || exit; done
	@$(ISOLATION) samples/*.pdf

# An archive of REPORTS reports: rate and memory of loading, time of every view and example.
REPORTS ?= 10000
scale: all
	@$(TEST_ENVIRONMENT) REPORTS=$(REPORTS) tests/bench/scale.py

# What each stage makes of the samples becomes what is expected of it; read the difference.
accept: all
	@$(TEST_ENVIRONMENT) tests/cli/golden.py --accept
	@git --no-pager diff --stat -- 'samples/*.golden'
	@git diff -- 'samples/*.golden'

# Brings po/*.po up to date with the messages of the sources; what is new waits there untranslated.
XGETTEXT = xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --no-location --sort-output --package-name=gouji

messages:
	$(XGETTEXT) -o $(BUILD)/gouji.pot main.c $(SOURCES)
	for po in po/*.po; do msgmerge --quiet --no-location --no-fuzzy-matching --sort-output --update --backup=none $$po $(BUILD)/gouji.pot; done

format:
	clang-format -i $(shell git ls-files '*.c' '*.h')

SHARE = $(DESTDIR)$(PREFIX)/share

install: all
	install -D $(BUILD)/gouji $(DESTDIR)$(PREFIX)/bin/gouji
	install -d $(SHARE)/gouji/patterns $(SHARE)/gouji/schema $(SHARE)/doc/gouji $(SHARE)/man/man1
	install -m 644 $(wildcard patterns/*) $(SHARE)/gouji/patterns
	install -m 644 extract/blank.ttf $(SHARE)/gouji
	install -m 644 extract/document.rng normalize/report.rng $(SHARE)/gouji/schema
	sed -i 's|\.\./extract/document\.rng|document.rng|' $(SHARE)/gouji/schema/report.rng
	install -m 644 README.md README.zh-CN.md LICENSE $(wildcard docs/*.md) $(SHARE)/doc/gouji
	install -m 644 docs/gouji.1 $(SHARE)/man/man1
	for mo in $(MESSAGES:$(BUILD)/locale/%=%); do install -D -m 644 $(BUILD)/locale/$$mo $(SHARE)/locale/$$mo; done

clean:
	rm -rf $(BUILD)
