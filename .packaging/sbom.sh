#!/bin/bash
# SPDX-License-Identifier: MIT
# sbom.sh PROGRAM VERSION: the bill of materials of what a program is linked
# with, to standard output: CycloneDX 1.5 as JSON. A component is a Debian
# package; its files that are loaded are named with their SHA-256, and so is who
# needs whom. No time and no serial number: the same program on the same machine
# gives the same bytes.
set -eu
export LC_ALL=C
program=$1 version=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# needed FILE: the names of the libraries it asks for.
needed()
{
	readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]$/\1/p'
}

# package FILE: who installed it. /lib is /usr/lib since Debian 12.
package()
{
	local file
	file=$(readlink -f "$1")
	{ dpkg -S "$file" || dpkg -S "${file#/usr}"; } 2>/dev/null |
	    head -n 1 | sed 's/: \/.*//'
}

distribution=$(. /etc/os-release && echo "$ID-$VERSION_ID")
vendor=$(. /etc/os-release && echo "$ID")

# NAME OF THE LIBRARY, FILE, PACKAGE
ldd "$program" | sed -n 's/^[[:space:]]*\([^ ]*\) => \(\/[^ ]*\) .*/\1 \2/p' |
    sort -u | while read -r name file; do
	found=$(package "$file")
	[ -n "$found" ] || { echo "$file is of no package" >&2; exit 1; }
	echo "$name $file $found"
done >"$work/libraries"
[ -s "$work/libraries" ]

# purl NAME VERSION ARCHITECTURE
reference()
{
	dpkg-query -W -f '${Package}\t${Version}\t${Architecture}\t${source:Package}\t${source:Version}\n' "$1"
}

cut -d ' ' -f 3 "$work/libraries" | sort -u | while read -r package; do
	IFS=$'\t' read -r name number architecture source source_version \
	    < <(reference "$package")
	while read -r library file of; do
		[ "$of" = "$package" ] || continue
		jq -n -c --arg name "$library" --arg sum \
		    "$(sha256sum "$file" | cut -d ' ' -f 1)" '{type: "file",
		    name: $name, hashes: [{alg: "SHA-256", content: $sum}]}'
	done <"$work/libraries" >"$work/files"
	jq -n -c --arg name "$name" --arg version "$number" \
	    --arg vendor "$vendor" --slurpfile files "$work/files" \
	    --arg purl "pkg:deb/$vendor/$name@${number//+/%2B}?arch=$architecture&distro=$distribution" \
	    --arg source "$source" --arg source_version "$source_version" '
	    {type: "library", "bom-ref": $name, name: $name,
	    version: $version, purl: $purl, publisher: $vendor,
	    properties: [{name: "debian:source", value: $source},
		{name: "debian:source-version", value: $source_version}],
	    components: $files}'
done >"$work/components"

# needs REFERENCE FILE…: whom it depends on, by packages.
needs()
{
	local reference=$1 file name
	shift
	for file; do
		needed "$file"
	done | while read -r name; do
		awk -v name="$name" '$1 == name { print $3 }' "$work/libraries"
	done | sed 's/:.*//' | sort -u | grep -vx "$reference" |
	    jq -R . | jq -s -c --arg ref "$reference" '{ref: $ref, dependsOn: .}'
}

{
	needs zheli "$program"
	cut -d ' ' -f 3 "$work/libraries" | sort -u | while read -r package; do
		# shellcheck disable=SC2046
		needs "${package%%:*}" $(awk -v of="$package" \
		    '$3 == of { print $2 }' "$work/libraries")
	done
} >"$work/dependencies"

jq -n -S --arg version "$version" --arg sum \
    "$(sha256sum "$program" | cut -d ' ' -f 1)" \
    --slurpfile components "$work/components" \
    --slurpfile dependencies "$work/dependencies" '
    {bomFormat: "CycloneDX", specVersion: "1.5", version: 1,
    metadata: {component: {type: "application", "bom-ref": "zheli",
	name: "zheli", version: $version,
	licenses: [{license: {id: "MIT"}}],
	hashes: [{alg: "SHA-256", content: $sum}]}},
    components: $components, dependencies: $dependencies}'
