# Everything that people and machines do with this package. `make help` lists it.

SWIFT ?= swift
SOURCES := $(wildcard Sources Tests Benchmarks Examples Package.swift)

.DEFAULT_GOAL := help
.PHONY: help deps build run test bench bench-peers conformance test-functions test-aarch64 lint format docs soak clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps: ## Install what the build needs and is missing (Debian, Ubuntu), or say what to install
	@Scripts/dependencies.sh

build: deps ## Build the libraries in release mode
	$(SWIFT) build -c release

run: deps ## Run the autograd tour, then train on handwritten digits
	$(SWIFT) run -c release --package-path Examples tour
	$(SWIFT) run -c release --package-path Examples digits

test: deps ## Run all tests, and build and run a package that depends on this one
	$(SWIFT) test
	$(SWIFT) run --package-path Tests/Consumer consumer

bench: deps ## Measure throughput with adjoint-bench
	$(SWIFT) run -c release --package-path Benchmarks adjoint-bench run

bench-peers: deps ## Compare with PyTorch, JAX and NumPy (PyPI) side by side, and write the table of performance.md
	Benchmarks/peers/bench-peers.sh

conformance: deps ## Compare with the recorded results of PyTorch, in release mode
	$(SWIFT) run -c release conformance

test-functions: ## Compare every function of Float with the C library for all 2^32 arguments, of Double with MPFR (2 hours)
	Scripts/test-functions.sh

test-aarch64: ## Compile the kernels for 64-bit Arm and compare their bits with this processor's under qemu
	Scripts/test-aarch64.sh

soak: deps ## Run the tests over and over (ROUNDS=20), to find what fails rarely
	Scripts/soak.sh

lint: deps ## Check the format of all Swift sources
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

format: deps ## Bring all Swift sources into the project's format
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

docs: deps ## Write the documentation of both libraries to .build/docs
	Scripts/documentation.sh

clean: ## Remove everything that was built
	rm -rf .build Examples/.build Benchmarks/.build Tests/Consumer/.build
