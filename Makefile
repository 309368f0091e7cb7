# SPDX-License-Identifier: GPL-2.0-only
# The only entry: `make help` lists what there is. The work is done by the
# scripts in ci/, one a job; they say what they need and what went wrong.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
BUILD := $(CURDIR)/build
export KERNEL_TARBALL KERNEL_TREE KERNEL_CACHE LLVM ARCH JOBS W FORCE SIGNOFF ONLY

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo 'Variables: ONLY=name (a test, or a pattern), KERNEL_TARBALL=file or KERNEL_TREE=dir'
	@echo '(your own copy of the base), LLVM=1 (clang), JOBS=n. Everything is built in build/.'

.PHONY: demo
demo: ## one modem and one DSP start, crash, recover and stop under the bench
	@ci/demo

.PHONY: test
test: ## every test, with logs and a page in build/results/ (ONLY=name: just that one)
	@ci/test $(if $(ONLY),--only '$(ONLY)')

.PHONY: quick
quick: ## the inner loop, a minute: the series builds, KUnit and one machine pass, patches and scripts are clean
	@ci/test --quick

.PHONY: list-tests
list-tests: ## each test with one line
	@ci/test --list

.PHONY: doctor
doctor: ## which tools are there, which are missing, which package brings them
	@ci/doctor

.PHONY: deps
deps: ## install what doctor misses with apt-get (root or sudo)
	@ci/install-deps

.PHONY: venv
venv: ## the pinned Python tools, in build/venv
	@ci/venv >/dev/null

.PHONY: fetch
fetch: ## obtain the base kernel; afterwards everything works offline
	@ci/kernel/fetch

.PHONY: import
import: ## patches/ -> build/linux: the base as one commit, each patch as a commit
	@ci/kernel/import

.PHONY: export
export: ## build/linux -> patches/ and series, the exact inverse of import
	@ci/kernel/export

.PHONY: mbox
mbox: ## SIGNOFF="Name <mail>": the series signed off by you, in build/series.mbox
	@ci/mbox

.PHONY: kernel
kernel: import ## the patched kernel for the bench, plain
	@ci/kernel/build series plain

.PHONY: kernel-debug
kernel-debug: import ## the patched kernel with KASAN, lockdep, kmemleak and the rest
	@ci/kernel/build series debug

.PHONY: kernel-base
kernel-base: import ## the unpatched kernel, to compare with
	@ci/kernel/build base plain

.PHONY: bench
bench: import ## firmware, remote images, device trees and guest of the bench
	@$(MAKE) -C ci/bench/el3 O=$(BUILD)/el3 KERNEL_SRC=$(BUILD)/linux
	@$(MAKE) -C ci/bench/core O=$(BUILD)/core
	@$(MAKE) -C dts O=$(BUILD)/dts KERNEL_SRC=$(BUILD)/linux
	@$(MAKE) -C ci/bench/guest O=$(BUILD)/guest

.PHONY: coverage
coverage: ## what KUnit and the bench execute of the lines that the series adds, with a page
	@ci/kernel/import && ci/check/coverage/run

.PHONY: cost
cost: ## how much text the series adds, function by function
	@ci/kernel/import && ci/check/size/run

.PHONY: clean
clean: ## remove what was built; the fetched base and build/linux stay
	@ci/clean
