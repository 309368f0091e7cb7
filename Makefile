# SPDX-License-Identifier: GPL-2.0-only
# The only entry: `make help` lists what there is. The work is done by the
# scripts in ci/, one a job; they say what they need and what went wrong.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
BUILD := $(CURDIR)/build
export KERNEL_TARBALL KERNEL_TREE KERNEL_CACHE LLVM ARCH JOBS W FORCE SIGNOFF VERSION ONLY

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo 'One test:     make test ONLY=roundtrip   (or a pattern)'
	@echo 'One scenario: ci/bench/bench run --only modem.start-stop life:el2-iommu'
	@echo 'One check:    ci/check/NAME/run'
	@echo 'Variables:    KERNEL_TARBALL=file or KERNEL_TREE=dir (your own copy of the base), LLVM=1, JOBS=n'

.PHONY: demo
demo: ## one modem and one DSP start, crash, recover and stop under the bench
	@ci/demo

.PHONY: test
test: ## every test, with logs and a page in build/results/
	@ci/test $(if $(ONLY),--only '$(ONLY)') $(if $(SHARD),--shard '$(SHARD)')

.PHONY: merge
merge: ## FROM="DIR...": build/results of shards (make test SHARD=k/n) -> one report
	@ci/test --merge $(FROM)

.PHONY: report
report: ## build/results/index.html, a page with pictures, from the results that are there
	@ci/report/run

.PHONY: quick
quick: ## the inner loop, a minute: the series builds, KUnit and one machine pass
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

.PHONY: range-diff
range-diff: ## AGAINST=REV: what changed in the series since a revision of this repository
	@ci/kernel/range-diff '$(AGAINST)'

.PHONY: mbox
mbox: import ## the series as mails, signed off by SIGNOFF="Name <mail>" (VERSION=2)
	@ci/mbox

.PHONY: dist
dist: ## build/dist: the series for Debian, Yocto, quilt and git am, with the page of results
	@ci/dist

.PHONY: pipelines
pipelines: ## build/pipelines: the tests as GitHub and GitLab run them, and jobs for boards in a LAVA lab
	@ci/pipelines

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

.PHONY: boards
boards: bench ## machines of four boards, from the device trees that the series makes for EL2
	@ci/kernel/boards

.PHONY: input
input: import ## FIRST=n LAST=n: 10,000 images and 20,000 tables with mistakes drawn by lot, under KASAN
	@ci/input-whole $(or $(FIRST),1) $(or $(LAST),40)

.PHONY: compare
compare: import ## WITH="base 7.3 TREE IMAGE ...": judge kernels and show them side by side
	@ci/compare $(if $(SUITES),--suites '$(SUITES)') $(if $(README),--readme '$(README)') $(or $(WITH),base 7.3 series)

.PHONY: sweep
sweep: kernel bench ## every failing call and pair of calls, and every interrupt at each call
	@ci/bench/bench run --set all=1 sweep sweep-five sweep-time

.PHONY: portability
portability: import ## KERNEL_TREE=dir: does the series apply to another 6.18.y, and which patch and hunk does not
	@ci/check/portability/run

.PHONY: coverage
coverage: import ## what KUnit and the bench execute of the lines that the series adds
	@ci/check/coverage/run

.PHONY: generated-mutants
generated-mutants: ## mutants made by rule of all that the series adds: killed, and survivors (an hour or two)
	@ci/mutants/generated/run --most 6

.PHONY: cost
cost: import ## instructions of a start, and text, of base and series side by side
	@ci/check/cost/run
	@ci/check/size/run

.PHONY: size
size: import ## how much text the series adds, function by function
	@ci/check/size/run

.PHONY: clean
clean: ## remove what was built; the fetched base and build/linux stay
	@ci/clean
