# Everything that is done with this package, by name. `make` alone lists it.

PREFIX ?= /usr/local
MUTATIONS ?= 20000
# The Swift libraries go into the binary, so that it is one file to copy to another machine; each function is a section
# of its own, so that the linker can order them.
RELEASE := -c release --static-swift-stdlib -Xswiftc -Xfrontend -Xswiftc -function-sections -Xcc -ffunction-sections
# How many events the conversions between formats are measured with.
ROWS ?= 2097152
# How much NDJSON gzip and pigz are measured with.
GIGABYTES ?= 1
# How many megabytes are exported to which servers while connections are cut; no name for all of them.
SIZE ?= 3072
DESTINATIONS ?=
# How often exports are killed, and what says when; no seed for another one each time.
KILLS ?= 500
SEED ?=
# How many sizes the windows of terminals are given.
RESIZES ?= 1000
# How the tests are built, beside the usual.
BUILD_OPTIONS ?=
# The folder with the descriptions of Adobe's APIs that requests and answers are held against.
DOCUMENTS ?=
# Tests that wait for a terminal or a server take a thread each: more at a time would keep the others waiting.
TEST_WIDTH := --experimental-maximum-parallelization-width 6
SOURCES := Package.swift Sources help languages themes Tests $(wildcard Benchmarks)

BINARIES = $$(swift build $(RELEASE) --show-bin-path)
# The targets that others may build upon, each with a catalogue of documentation.
LIBRARIES := ExportDomain Parquet Records Transfer SecureShell ObjectStorage FlowServiceAPI FlowServiceClient \
	FlowServiceServer FuzzySearch TerminalKit

.PHONY: help demo test openapi fuzz interruptions soak bench terminals build order static install deb try-deb pictures \
	documentation format packages test-packages

help: ## list what there is to make
	@awk -F ': *.*## ' '/^[a-z]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

demo: build ## open the wizard on a sample lake
	@exec "$$(swift build $(RELEASE) --show-bin-path)/sluice" demo

test: test-packages ## check the formatting, build, and run the tests
	swift format lint --strict --parallel --recursive $(SOURCES)
	swift build --build-tests $(BUILD_OPTIONS)
	@.ci/run-tests $(TEST_WIDTH)

openapi: test-packages ## hold requests and answers against Adobe's descriptions (DOCUMENTS=FOLDER; see Tests/Support/OpenAPI/openapi.py)
	@test -n "$(DOCUMENTS)" || { echo "make openapi DOCUMENTS=FOLDER: the folder of the descriptions, static/swagger-specs of AdobeDocs/experience-platform-apis" >&2; exit 2; }
	swift build --build-tests
	.build/python/bin/python -B Tests/Support/OpenAPI/openapi.py "$(DOCUMENTS)"

fuzz: packages ## read damaged Parquet files by the thousand (MUTATIONS=20000)
	swift build $(RELEASE) --product ParquetFuzz
	"$$(swift build $(RELEASE) --show-bin-path)/ParquetFuzz" Tests/ParquetTests/Corpus $(MUTATIONS)

interruptions: build ## export 3 GB to each kind of server while connections are cut (DESTINATIONS="s3 sftp" SIZE=3072)
	@.ci/system-packages test
	.build/python/bin/python Tests/Support/Interruptions/interruptions.py --size $(SIZE) \
		--sluice "$$(swift build $(RELEASE) --show-bin-path)/sluice" $(addprefix --destination ,$(DESTINATIONS))

soak: build ## kill exports to a folder, S3 and SFTP at each step and at random, and count what is there (KILLS=500 SEED=1)
	@.ci/system-packages test
	swift build $(RELEASE) --product SystemCallFaults
	.build/python/bin/python Tests/Support/Interruptions/soak.py --kills $(KILLS) $(addprefix --seed ,$(SEED)) \
		--every-step first --every-step later --every-step lake \
		--sluice "$$(swift build $(RELEASE) --show-bin-path)/sluice" \
		--faults "$$(swift build $(RELEASE) --show-bin-path)/libSystemCallFaults.so"

terminals: build ## the wizard in five types of terminal and the same in tmux, in windows of every size, on a slow line, with hostile names, with a run of 10,000 files (RESIZES=1000 SEED=1)
	@.ci/system-packages test
	.build/python/bin/python -B Tests/Support/Terminals/terminals.py "$$(swift build $(RELEASE) --show-bin-path)/sluice" --resizes $(RESIZES) $(addprefix --seed ,$(SEED))
	.build/python/bin/python -B Tests/Support/Terminals/tmux_terminals.py "$$(swift build $(RELEASE) --show-bin-path)/sluice" $(addprefix --seed ,$(SEED))
	.build/python/bin/python -B Tests/Support/Terminals/hostile.py "$$(swift build $(RELEASE) --show-bin-path)/sluice"
	.build/python/bin/python -B Tests/Support/Terminals/slow_journey.py "$$(swift build $(RELEASE) --show-bin-path)/sluice"
	.build/python/bin/python -B Tests/Support/Terminals/idle.py "$$(swift build $(RELEASE) --show-bin-path)/sluice"
	.build/python/bin/python -B Tests/Support/Terminals/verification.py "$$(swift build $(RELEASE) --show-bin-path)/sluice"

bench: build ## measure exports beside gzip, pigz, DuckDB, Polars, chDB, pyarrow, s5cmd and rclone, cancelling, searching, and the wizard
	@.ci/system-packages bench
	swift build $(RELEASE) --product sluice-bench
	"$$(swift build $(RELEASE) --show-bin-path)/sluice-bench" gzip $(GIGABYTES)
	python3 Benchmarks/formats.py "$$(swift build $(RELEASE) --show-bin-path)/sluice-bench" --rows $(ROWS)
	"$$(swift build $(RELEASE) --show-bin-path)/sluice-bench" cancel
	for items in 100000 1000000; do "$$(swift build $(RELEASE) --show-bin-path)/sluice-bench" search $$items || exit; done
	python3 Benchmarks/uploads.py "$$(swift build $(RELEASE) --show-bin-path)/sluice-bench"
	.build/python/bin/python -B Benchmarks/terminal.py "$$(swift build $(RELEASE) --show-bin-path)/sluice"
	python3 Benchmarks/server.py "$$(swift build $(RELEASE) --show-bin-path)/sluice"

build: packages ## build the program for use
	swift build $(RELEASE) --product sluice

order: build ## write down anew which functions the start of the program calls, for the linker (packaging/start.order)
	@.ci/system-packages bench
	.build/python/bin/python -B packaging/start-order "$(BINARIES)/sluice" >.build/start.order
	mv .build/start.order packaging/start.order

static: build ## put the program into .build/static/sluice: one file with the Swift libraries, without symbols
	@mkdir -p .build/static
	strip --strip-all -o .build/static/sluice "$(BINARIES)/sluice"
	@ls -l "$(BINARIES)/sluice" .build/static/sluice | awk '{ printf "%6.1f MB  %s\n", $$5 / 1e6, $$NF }'

install: static ## put program, pages of the manual and completions below PREFIX (PREFIX=/usr/local)
	packaging/install .build/static/sluice "$(DESTDIR)$(PREFIX)"

deb: static ## make .build/deb/sluice_VERSION_ARCHITECTURE.deb
	@.ci/system-packages package
	packaging/debian-package .build/static/sluice .build/deb

try-deb: deb ## install that package into a bare Debian 12 and export there (as root; needs debootstrap)
	packaging/try-debian-package .build/deb/*.deb

pictures: test-packages ## draw the pictures of the README from the golden frames
	swift build --build-tests
	RECORD_SNAPSHOTS=1 swift test --skip-build --filter PictureTests

documentation: packages ## make the documentation of the library targets in .build/documentation
	swift package --allow-writing-to-directory .build/documentation generate-documentation \
		--enable-experimental-combined-documentation --warnings-as-errors --output-path .build/documentation \
		$(addprefix --target ,$(LIBRARIES))

format: ## format the sources
	swift format --in-place --recursive $(SOURCES)

packages:
	@.ci/system-packages build

test-packages:
	@.ci/system-packages test
