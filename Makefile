# gouji (勾稽). For newcomers:
#   make demo     install what is missing, build, ingest samples/, show the findings
#   make check    install what is missing, build, run all tests
# For developers: make, make quick, make asan, make fuzz, make bench, make accept, make format, make install

VERSION := 0.1.0
PREFIX  ?= /usr/local
BUILD   ?= build
CC      ?= gcc
export LC_ALL ?= C.UTF-8

# Debian packages, the one list: to build and run; to test.
BUILD_PACKAGES := gcc libc6-dev make pkg-config gettext libglib2.0-dev libpoppler-glib-dev \
    poppler-data libicu-dev libxml2-dev libsqlite3-dev libseccomp-dev libxlsxwriter-dev
CHECK_PACKAGES := $(BUILD_PACKAGES) git perl python3 python3-tap python3-fitz poppler-utils \
    libxml2-utils sqlite3 clang libclang-rt-14-dev clang-format man-db

LIBRARIES := glib-2.0 gio-2.0 poppler-glib cairo icu-i18n icu-uc libxml-2.0 sqlite3 libseccomp xlsxwriter
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
ALL_LIBS   = $(SANITIZE) -rdynamic $(LDFLAGS) $(LIBRARY_LIBS) -lm

SOURCES := $(wildcard extract/*.c extract/*/*.c normalize/*.c normalize/*/*.c load/*.c load/*/*.c commands/*.c commands/*/*.c)
OBJECTS := $(SOURCES:%.c=$(BUILD)/objects/%.o) $(BUILD)/objects/load/schema.o
UNIT    := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/*.c))
CLI     := $(sort $(wildcard tests/cli/*.py))
CLI     := $(filter-out tests/cli/support.py,$(CLI))
QUICK   := $(if $(CLI),$(shell grep -l '^\# quick' $(CLI)))

.PHONY: all demo check quick asan fuzz bench accept format install clean
all: $(BUILD)/gouji

$(BUILD)/gouji: $(BUILD)/objects/main.o $(OBJECTS)
	$(CC) $^ -o $@ $(ALL_LIBS)

$(BUILD)/objects/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

# The schema's migrations travel inside the program.
$(BUILD)/generated/schema.c: load/schema/gouji.gresource.xml $(wildcard load/schema/*.sql)
	@mkdir -p $(@D)
	glib-compile-resources --sourcedir=load/schema --generate-source --target=$@ $<

$(BUILD)/objects/load/schema.o: $(BUILD)/generated/schema.c
	@mkdir -p $(@D)
	$(CC) -std=c17 $(CFLAGS) $(SANITIZE) $(LIBRARY_CFLAGS) -c $< -o $@

$(BUILD)/tests/%: tests/unit/%.c $(OBJECTS)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -MF $@.d $< $(OBJECTS) -o $@ $(ALL_LIBS)

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

demo:
	$(call install_packages,$(BUILD_PACKAGES))
	@$(MAKE) --no-print-directory $(BUILD)/gouji
	@rm -f $(BUILD)/demo.db*
	@$(BUILD)/gouji ingest --db $(BUILD)/demo.db samples; [ $$? -le 1 ]
	@$(BUILD)/gouji findings --db $(BUILD)/demo.db

check:
	$(call install_packages,$(CHECK_PACKAGES))
	@$(MAKE) --no-print-directory run-check

# Tests are executables that speak TAP; those that use the shared corpora skip without them.
SHARED := $(wildcard ../shared)
TEST_ENVIRONMENT = GOUJI=$(abspath $(BUILD)/gouji) GOUJI_SOURCE=$(CURDIR) \
    $(if $(SHARED),GOUJI_SHARED=$(abspath $(SHARED))) TZ=UTC LANGUAGE= G_SLICE=
PROVE = $(TEST_ENVIRONMENT) prove -j2 -e ''

.PHONY: run-check
run-check: $(BUILD)/gouji $(UNIT)
	$(PROVE) $(UNIT) $(CLI) :: --tap

quick: $(BUILD)/gouji $(UNIT)
	$(PROVE) $(UNIT) $(QUICK) :: --tap

asan:
	@$(MAKE) --no-print-directory BUILD=build/asan CFLAGS='-O1 -g' \
	    SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer' run-check

format:
	clang-format -i $(shell git ls-files '*.c' '*.h')

install: $(BUILD)/gouji
	install -D $(BUILD)/gouji $(DESTDIR)$(PREFIX)/bin/gouji
	install -d $(DESTDIR)$(PREFIX)/share/gouji/patterns
	install -m 644 $(wildcard patterns/*) $(DESTDIR)$(PREFIX)/share/gouji/patterns

clean:
	rm -rf $(BUILD)
