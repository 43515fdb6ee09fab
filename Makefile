# zheli. `make help` lists the targets; everything built goes to build/.
VERSION := 0.1.0
PREFIX ?= /usr/local

# A mode is a set of flags with objects of its own: `make` is build/release,
# `make SAN=address,undefined` stands beside it, and so does COVERAGE=1.
SAN ?=
COVERAGE ?=
comma := ,
MODE := $(if $(COVERAGE),coverage,$(if $(SAN),$(subst $(comma),-,$(SAN)),release))
BUILD := build/$(MODE)

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion \
    -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
    -Wwrite-strings -Wcast-qual -Wpointer-arith -Wvla -Wundef -Wswitch-enum \
    -Wimplicit-fallthrough -Werror -fno-common -Wno-overlength-strings
OPTIMIZE := -O2
CPPFLAGS += -D_GNU_SOURCE -DZHELI_VERSION='"$(VERSION)"' -Igenerator \
    -I$(BUILD)/generated -include generator/base/banned.h
ifneq ($(SAN),)
CPPFLAGS += -DARENA_SPLIT -DCHECK_DUE=1
MODE_FLAGS := -fsanitize=$(SAN) -fno-omit-frame-pointer -fno-sanitize-recover=all
OPTIMIZE := -O1
else ifneq ($(COVERAGE),)
MODE_FLAGS := --coverage
OPTIMIZE := -O0
else
# What tests/supply looks for in the program.
CPPFLAGS += -D_FORTIFY_SOURCE=2
HARDENING := -fPIE -fstack-clash-protection \
    $(if $(filter x86_64,$(shell uname -m)),-fcf-protection)
LINK_HARDENING := -pie -Wl,-z,relro,-z,now
endif
CFLAGS += -std=c17 $(OPTIMIZE) -g $(WARNINGS) -fstack-protector-strong $(HARDENING) $(MODE_FLAGS)
LDFLAGS += $(LINK_HARDENING) $(MODE_FLAGS)

# Asked once, and only when something is compiled: `make site` may have to
# install the packages first.
PACKAGES := libcmark-gfm libgit2 libxml-2.0 sqlite3 yaml-0.1 libmicrohttpd \
    libseccomp nettle libqrencode icu-i18n zlib libbrotlienc libbrotlidec
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $(PACKAGES)))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $$(shell pkg-config --libs $(PACKAGES)))$(PKG_LIBS) \
    -lcmark-gfm-extensions -lm
Q := $(if $(V),,@)
COMPILE = $(CC) $(CPPFLAGS) $(PKG_CFLAGS) $(CFLAGS) -MMD -MP

SOURCES := $(sort $(shell find generator -name '*.c'))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
LIBRARY := $(BUILD)/libzheli.a
ZHELI := $(BUILD)/zheli
SQL := $(wildcard generator/catalogue/*.sql)
GENERATED := $(SQL:generator/%.sql=$(BUILD)/generated/%.inc)
MANUALS := $(wildcard generator/man/*.[157]) $(BUILD)/man/zheli-diagnostics.7
programs = $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard $(1))))
UNIT := $(call programs,tests/unit/*/*_test.c)
FUZZERS := $(call programs,tests/fuzz/*_fuzz.c)
FAULTS := $(BUILD)/tests/faults/preload.so $(BUILD)/tests/faults/memory.so
LISTING := $(BUILD)/tests/properties/listing.so
WALK := $(BUILD)/tests/history/walk
FOLD := $(BUILD)/tests/search/fold
FILTERED := $(BUILD)/tests/supply/filtered

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: help all deps deps-build site serve
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s%s\n", $$1, $$2 }' \
	    $(firstword $(MAKEFILE_LIST))
	@echo '  test-KIND       one kind of tests: $(KINDS)'

all: $(ZHELI) $(BUILD)/man/zheli-diagnostics.7 ## compile the program

deps: ## install what building and testing need (Debian 12, npm)
	tests/tools/deps.sh build test

deps-build:
	tests/tools/deps.sh build

site: deps-build $(ZHELI) ## install what is needed, compile, build both sites
	$(ZHELI) build -o build/site/public --internal build/site/internal
	@echo "The sites are in build/site/public and build/site/internal;" \
	    "'make serve' shows them."

serve: $(ZHELI) ## show the site on this machine, rebuilt on change
	$(ZHELI) serve

# Packages come before objects where a target promises both.
ifneq ($(filter site test,$(MAKECMDGOALS)),)
$(BUILD)/flags $(GENERATED): | deps-build
endif
ifneq ($(filter test,$(MAKECMDGOALS)),)
$(BUILD)/flags $(GENERATED) $(FAULTS) $(LISTING): | deps
endif

# -- compiling ----------------------------------------------------------------
$(BUILD)/generated/%.inc: generator/%.sql generator/catalogue/embed.awk
	@mkdir -p $(@D)
	$(Q)awk -v mode=$(basename $(@F)) -f generator/catalogue/embed.awk $< > $@

$(OBJECTS): | $(GENERATED)

# Other flags, other objects.
.PHONY: force
$(BUILD)/flags: force
	@mkdir -p $(@D)
	@echo "$(subst ",\",$(COMPILE))" | cmp -s - $@ || \
	    echo "$(subst ",\",$(COMPILE))" > $@

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	@echo '  compile $<'
	$(Q)$(COMPILE) -c -o $@ $<

$(LIBRARY): $(filter-out %/main.o,$(OBJECTS))
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(ZHELI): $(BUILD)/generator/main.o $(LIBRARY)
	@echo '  link    $@'
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/tests/%_test: tests/%_test.c $(LIBRARY)
	@mkdir -p $(@D)
	@echo '  compile $<'
	$(Q)$(COMPILE) $(LDFLAGS) -o $@ $< $(LIBRARY) $(PKG_LIBS) -lcmocka

$(BUILD)/tests/fuzz/%_fuzz: tests/fuzz/%_fuzz.c tests/fuzz/replay.c $(LIBRARY)
	@mkdir -p $(@D)
	@echo '  compile $<'
	$(Q)$(COMPILE) $(LDFLAGS) -Wl,--wrap=diag_add_code -o $@ $< \
	    tests/fuzz/replay.c $(LIBRARY) $(PKG_LIBS)

$(WALK) $(FOLD) $(FILTERED): $(BUILD)/%: %.c $(LIBRARY)
	@mkdir -p $(@D)
	@echo '  compile $<'
	$(Q)$(COMPILE) $(LDFLAGS) -o $@ $< $(LIBRARY) $(PKG_LIBS)

$(BUILD)/tests/%_bench: tests/%_bench.c $(LIBRARY)
	@mkdir -p $(@D)
	@echo '  compile $<'
	$(Q)$(COMPILE) $(LDFLAGS) -o $@ $< $(LIBRARY) $(PKG_LIBS)

$(FAULTS) $(LISTING): $(BUILD)/%.so: %.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c17 -O2 -Wall -Wextra -Werror -fPIC -shared -o $@ $<

$(BUILD)/man/zheli-diagnostics.7: generator/base/diag_codes.def \
    generator/man/diagnostics.awk
	@mkdir -p $(@D)
	$(Q)awk -f generator/man/diagnostics.awk $< > $@

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# -- testing ------------------------------------------------------------------
# Each kind is tests/<kind>/run, which prints TAP; suite.sh counts and sums up.
# ONLY='glob' picks tests by name, SEED repeats a failure, CHANGES=500 plays more
# edits in test-properties (WHAT=whole: of all that is shipped) and tells in
# $(BUILD)/test/properties.tap how far it is. FAULTS_ALL=1 makes test-faults try
# every call that can fail, which takes hours.
KINDS := unit golden manuals formats forges corpus history properties pathological faults memory html guides print leaks search server serving supply browser
ONLY ?=
SEED ?=
JOBS ?= 2
BENCH_N ?= 10000
FUZZ_SECONDS ?= 60
FUZZER ?= libfuzzer
export MODE BUILD ONLY SEED JOBS BENCH_N FUZZ_SECONDS FUZZER VERSION
SUITE := tests/tools/suite.sh

.PHONY: test check lint accept variables shots fuzz bench bench-search coverage coverage-rules format $(KINDS:%=test-%)
test: deps $(ZHELI) $(UNIT) $(FUZZERS) $(FAULTS) $(LISTING) $(WALK) $(FOLD) $(FILTERED) $(BUILD)/man/zheli-diagnostics.7 ## install what tests need, run every kind of them
	@$(SUITE) $(KINDS)

test-unit: $(UNIT)
test-corpus: $(FUZZERS)
test-history: $(WALK)
test-search: $(FOLD)
test-supply: $(FILTERED)
test-faults: $(FAULTS) $(ZHELI)
test-properties: $(LISTING) $(FAULTS)
test-manuals: $(BUILD)/man/zheli-diagnostics.7
test-golden test-manuals test-formats test-forges test-history test-properties test-pathological test-memory \
test-html test-guides test-print test-leaks test-search test-server test-serving test-supply test-browser: $(ZHELI)
$(KINDS:%=test-%): test-%:
	@$(SUITE) $*

lint check: export FLAGS = $(CPPFLAGS) $(PKG_CFLAGS) $(CFLAGS)
lint: $(GENERATED) $(BUILD)/man/zheli-diagnostics.7 ## read the sources: layers, headers, clang-tidy, scripts, manuals
	@$(SUITE) lint

check: $(ZHELI) $(UNIT) $(FUZZERS) $(FAULTS) $(LISTING) $(WALK) $(FOLD) $(FILTERED) $(BUILD)/man/zheli-diagnostics.7 ## lint and test, with one sum
	@$(SUITE) lint $(KINDS)

accept: $(ZHELI) ## rewrite expectations of golden cases (ONLY=glob), show the diff
	@tests/golden/run --accept

variables: $(ZHELI) ## list in zheli-template.5 what pages give to templates
	@ZHELI=$(CURDIR)/$(ZHELI) tests/manuals/variables.sh >$(BUILD)/variables.5
	@cp $(BUILD)/variables.5 generator/man/zheli-template.5

shots: $(ZHELI) ## take pictures of each kind of page, into build/shots/
	$(ZHELI) build -q --as-of 2026-06-30 -o build/shots/site
	@node tests/browser/shots.mjs build/shots/site build/shots

fuzz: export PACKAGES := $(PACKAGES)
fuzz: ## look for new crashes, FUZZ_SECONDS a parser (FUZZER=afl: with AFL++)
	@tests/fuzz/search.sh

bench: $(ZHELI) $(WALK) $(BUILD)/tests/bench/rules_bench ## compare with Hugo, cp -r and git log
	@tests/bench/run
	@tests/bench/history

bench-search: $(ZHELI) ## what the search costs its readers, in Chromium over a slow line
	@tests/bench/search

coverage: ## share of lines that unit and golden tests run
	$(MAKE) COVERAGE=1 test-unit test-golden
	@tests/tools/coverage.sh build/coverage

coverage-rules: test-golden ## in how many golden cases each assert held, failed, was not asked
	@tests/tools/rule-coverage.sh

format: ## let clang-format lay out the sources
	clang-format -i $(shell find generator tests -name '*.[ch]')

# -- installing ---------------------------------------------------------------
BIN := $(DESTDIR)$(PREFIX)/bin
SHARE := $(DESTDIR)$(PREFIX)/share

.PHONY: install uninstall clean distcheck sbom deb
install: all ## install to PREFIX (/usr/local), below DESTDIR if given
	install -D -m 755 $(ZHELI) $(BIN)/zheli
	mkdir -p $(SHARE)/zheli
	cp -R schemas themes .init .forge .github .gitea .gitlab .gitlab-ci.yml \
	    .packaging/nginx .packaging/build-on-push $(SHARE)/zheli/
	for m in $(MANUALS); do install -D -m 644 $$m \
	    $(SHARE)/man/man$${m##*.}/$${m##*/} || exit 1; done

uninstall: ## remove what install put there
	rm -rf $(BIN)/zheli $(SHARE)/zheli
	for m in $(MANUALS); do rm -f $(SHARE)/man/man$${m##*.}/$${m##*/}; done

sbom: $(BUILD)/zheli.cdx.json ## what the program is linked with, as CycloneDX
$(BUILD)/zheli.cdx.json: $(ZHELI) .packaging/sbom.sh
	.packaging/sbom.sh $(ZHELI) $(VERSION) >$@

deb: ## the Debian package of the last commit, into build/deb/
	.packaging/deb.sh $(VERSION)

clean: ## remove everything built
	rm -rf build

distcheck: ## build, test and install the last commit in an empty folder
	tests/tools/distcheck.sh
