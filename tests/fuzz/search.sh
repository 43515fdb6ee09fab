#!/bin/bash
# SPDX-License-Identifier: MIT
# Looks for new crashes, $FUZZ_SECONDS for each target that ONLY matches, with
# libFuzzer, or with AFL++ where FUZZER=afl. It says of each target how often it
# ran, how much of the code it reached and what fell out, which is left in
# build/fuzz/; put a file that made a fault into tests/fuzz/corpus/<target>/ along
# with the mending.
set -eu
. tests/fuzz/inputs.sh
: "${FUZZ_SECONDS:=60}" "${FUZZER:=libfuzzer}" "${ONLY:=*}" "${PACKAGES:?}"
# No check sums in the way.
export CPPFLAGS=-DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
results=build/fuzz/$FUZZER
mkdir -p "$results"

case $FUZZER in
libfuzzer)
	compiler=clang
	sanitize=fuzzer,address,undefined
	flags=(-DARENA_SPLIT)
	mode=("SAN=fuzzer-no-link,address,undefined")
	library=build/fuzzer-no-link-address-undefined/libzheli.a
	;;
afl)
	compiler=afl-clang-fast
	sanitize=fuzzer
	flags=()
	mode=(BUILD=build/afl)
	library=build/afl/libzheli.a
	export AFL_QUIET=1
	;;
*)
	echo "FUZZER is libfuzzer or afl" >&2
	exit 2
	;;
esac

# seeds NAME: what it starts from, in one folder.
seeds()
{
	rm -rf "$results/$1.seeds"
	mkdir -p "$results/$1.seeds"
	fuzz_inputs "$1" | while read -r file; do
		[ "$(stat -c %s "$file")" -gt 65536 ] ||
			cp "$file" "$results/$1.seeds/${file//\//-}"
	done
}

with_libfuzzer()
{
	local log=$results/$1.log status=0
	mkdir -p "$results/$1.corpus"
	"$results/$1" -max_total_time="$FUZZ_SECONDS" -timeout=20 \
	    -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
	    -artifact_prefix="$results/$1-" "$results/$1.corpus" \
	    "$results/$1.seeds" >"$log" 2>&1 || status=$?
	awk -v name="$1" -v status=$status '
	    / cov: / { for (i = 1; i < NF; i++) if ($i == "cov:") cov = $(i + 1) }
	    /number_of_executed_units/ { runs = $2 }
	    END { printf "%-12s %10d runs, %6d edges, %s\n", name, runs, cov,
	        status == 0 ? "nothing fell out" : "it fell" }' "$log"
	[ $status -eq 0 ] || { tail -n 40 "$log"; return 1; }
}

with_afl()
{
	local stats=$results/$1.out/default/fuzzer_stats
	rm -rf "$results/$1.out"
	AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1 \
	    AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
	    afl-fuzz -i "$results/$1.seeds" -o "$results/$1.out" \
	    -V "$FUZZ_SECONDS" -t 20000 -m none -- "$results/$1" \
	    >"$results/$1.log" 2>&1 || { tail -n 20 "$results/$1.log"; return 1; }
	awk -v name="$1" '
	    { value[$1] = $3 }
	    END {
		crashes = value["saved_crashes"] + 0
		hangs = value["saved_hangs"] + 0
		what = "nothing fell out"
		if (crashes + hangs > 0)
			what = crashes " crashes, " hangs " hangs"
		printf "%-12s %10d runs, %6d edges, %s\n", name,
		    value["execs_done"], value["edges_found"], what
		exit (crashes + hangs > 0)
	    }' "$stats"
}

# Warnings are for the compiler of every day.
make --no-print-directory CC=$compiler WARNINGS=-w "${mode[@]}" $library
status=0
for target in tests/fuzz/*_fuzz.c; do
	name=${target##*/}
	name=${name%_fuzz.c}
	# shellcheck disable=SC2053
	[[ $name == $ONLY ]] || continue
	# shellcheck disable=SC2046,SC2086
	$compiler -std=c17 -g -O1 -D_GNU_SOURCE $CPPFLAGS \
	    ${flags[@]+"${flags[@]}"} -Igenerator \
	    $(pkg-config --cflags $PACKAGES) -fsanitize=$sanitize \
	    -o "$results/$name" "$target" $library \
	    $(pkg-config --libs $PACKAGES) -lcmark-gfm-extensions -lm
	seeds "$name"
	"with_$FUZZER" "$name" || status=1
done
exit $status
