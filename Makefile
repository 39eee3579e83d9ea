# Build, try, test, measure and install Sluice. `make` alone says what there is.

PREFIX ?= /usr/local
RELEASE := -c release --static-swift-stdlib
SOURCES := Sources Tests Benchmarks Package.swift

.DEFAULT_GOAL := help
.PHONY: help demo build test bench install format toolchain

help: ## Say what can be made.
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

demo: build ## Build, and open the wizard on a sample lake.
	@exec "$$(swift build $(RELEASE) --show-bin-path)/sluice" demo

build: toolchain ## Build the program, optimised, as one file.
	@.ci/system-packages build
	swift build $(RELEASE) --product sluice

test: toolchain ## Check the formatting, build without warnings, and run all tests.
	@.ci/system-packages test
	swift format lint --strict --parallel --recursive $(SOURCES)
	swift build --build-tests
	swift test --skip-build

bench: build ## Measure speed, size and memory beside gzip and pigz, and the wizard in a terminal.
	@.ci/system-packages bench
	swift build $(RELEASE) --product sluice-bench
	"$$(swift build $(RELEASE) --show-bin-path)/sluice-bench"
	python3 Benchmarks/terminal.py "$$(swift build $(RELEASE) --show-bin-path)/sluice"

install: build ## Install the program under PREFIX (/usr/local).
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 "$$(swift build $(RELEASE) --show-bin-path)/sluice" "$(DESTDIR)$(PREFIX)/bin/sluice"

format: toolchain ## Format all sources in place.
	swift format --in-place --parallel --recursive $(SOURCES)

toolchain:
	@command -v swift >/dev/null 2>&1 || { \
	    echo "No Swift toolchain was found: install Swift 6.2 or later (swift.org/install), put it on PATH, and run make again." >&2; \
	    exit 2; }
