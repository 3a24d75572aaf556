# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# Short names for the scripts, which also run without make. `make` builds build/patina.
.PHONY: all demo check lint format proofs fuzz bogo limbo differential mutants bench-quick symbols clean

all:
	@scripts/build
demo:
	@scripts/demo
check:
	@scripts/check
lint:
	@scripts/lint/run
format:
	@scripts/format
proofs:
	@scripts/proofs
fuzz:
	@scripts/fuzz
bogo:
	@scripts/bogo
limbo:
	@scripts/limbo
differential:
	@scripts/differential
mutants:
	@scripts/mutants
bench-quick:
	@scripts/bench-quick
symbols:
	@scripts/symbols --update
clean:
	rm -rf build
