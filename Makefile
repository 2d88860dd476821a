# Everything that people and machines do with this package. `make help` lists it.

SWIFT ?= swift
SOURCES := $(wildcard Sources Tests Benchmarks Examples Package.swift)

COMMA := ,

.DEFAULT_GOAL := help
.PHONY: help deps build run test test-optimised bench bench-peers conformance test-functions test-aarch64 test-torture lint format docs soak \
	fuzz fuzz-fusion test-misuse test-limits test-large clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps: ## Install what the build needs and is missing (Debian, Ubuntu), or say what to install
	@Scripts/dependencies.sh

build: deps ## Build the libraries in release mode
	$(SWIFT) build -c release

run: deps ## Run the autograd tour, then train on handwritten digits
	$(SWIFT) run -c release --package-path Examples tour
	$(SWIFT) run -c release --package-path Examples digits

test: deps ## Run all tests, compile what the documentation shows, build and run a package that depends on this one, look at what it links
	$(SWIFT) test
	Scripts/snippets.sh
	Scripts/hints.sh
	$(SWIFT) run --package-path Tests/Consumer consumer
	Scripts/linking.sh

bench: deps ## Measure throughput with adjoint-bench
	$(SWIFT) run -c release --package-path Benchmarks adjoint-bench run

bench-peers: deps ## Compare with PyTorch, JAX and NumPy (PyPI) side by side, and write the table of performance.md
	Benchmarks/peers/bench-peers.sh

test-optimised: deps ## Run all tests as release builds run: what an optimizer breaks, only they see
	$(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build/optimised

conformance: deps ## Compare with the recorded results of PyTorch, in release mode
	$(SWIFT) run -c release conformance

test-functions: ## Compare every function of Float with the C library for all 2^32 arguments, of Double with MPFR (2 hours)
	Scripts/test-functions.sh

test-aarch64: ## Compile the kernels for 64-bit Arm and compare their bits with this processor's under qemu
	Scripts/test-aarch64.sh

soak: deps ## Train for STEPS=1000000 without growth, then run the tests over and over (ROUNDS=20), to find what fails rarely
	$(SWIFT) run -c release limits train $(or $(STEPS),1000000)
	Scripts/soak.sh

test-limits: deps ## Refuse memory at every request, use stacks of 512 KiB, and measure graphs a million wide (COUNT=1000000)
	$(SWIFT) run -c release limits refuse --every 1
	$(SWIFT) run -c release limits stacks $(or $(COUNT),1000000)
	Scripts/frames.sh
	$(SWIFT) run -c release limits wide $(or $(COUNT),1000000)

test-large: deps ## Compute with more than 2^31 elements (needs 19 GiB of free memory)
	$(SWIFT) run -c release limits large

# How far: FROM (first seed) and COUNT, or MINUTES; LAWS=rows,steps,… for some of the laws.
test-torture: deps ## Read, record and update the same tensors from eight tasks (MINUTES=1), and look for retains behind an unlock
	$(SWIFT) run -c release torture $(or $(MINUTES),1)
	Scripts/sections.sh

fuzz: deps ## Fuzz the readers of files and the tile interpreter (MINUTES=1 or COUNT= for each target; TARGETS=npy,npz,safetensors,json,program)
	MINUTES=$(MINUTES) COUNT=$(COUNT) Scripts/fuzz.sh $(subst $(COMMA), ,$(TARGETS))

test-misuse: deps ## Call the public functions with what they must refuse, in release mode, and compare the sentences
	$(SWIFT) run -c release misuse

fuzz-fusion: deps ## Run random programs, fused and in other ways that must give the same (COUNT=1000000, MINUTES=30)
	$(SWIFT) run -c release fusion-fuzzer $(if $(FROM),--from $(FROM)) $(if $(COUNT),--count $(COUNT)) \
	  $(if $(MINUTES),--minutes $(MINUTES)) $(if $(LAWS),--laws $(LAWS))

lint: deps ## Check the format of all Swift sources, and that no layer refers to one above it
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)
	Scripts/layers.sh

format: deps ## Bring all Swift sources into the project's format
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

docs: deps ## Write the documentation of both libraries to .build/docs
	Scripts/documentation.sh

clean: ## Remove everything that was built
	rm -rf .build Examples/.build Benchmarks/.build Tests/Consumer/.build
