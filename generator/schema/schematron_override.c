/* SPDX-License-Identifier: MIT */
/* What is changed from outside while rule files are loaded. */
#include "schema/schematron_loader.h"

void schematron_override(struct schematron *set,
    struct schematron_override *overrides, size_t count)
{
	set->overrides = overrides;
	set->override_count = count;
}

bool schematron_check_overrides(const struct schematron *set,
    struct diag_list *diags)
{
	static const struct str parts[] = {
		[SCHEMATRON_LET] = { "let", 3 },
		[SCHEMATRON_ROLE] = { "role", 4 },
		[SCHEMATRON_STATUS] = { "status", 6 },
		[SCHEMATRON_SEE] = { "see", 3 },
	};
	bool ok = true;

	for (size_t i = 0; i < set->override_count; i++) {
		const struct schematron_override *o = &set->overrides[i];

		/* With its role, or alone. */
		if (!o->is_used && (o->part != SCHEMATRON_SEE || i == 0 ||
		    o[-1].is_used || !str_eq(o[-1].name, o->name)))
			ok = diag_report(diags, o->mark, DIAG_PROFILE_TARGET,
			    parts[o->part], o->name);
	}
	return ok;
}

const struct schematron_override *loader_override(struct loader *loader,
    enum schematron_part part, struct str name, struct str was)
{
	const struct schematron_override *last = NULL;
	const struct schematron *set = loader->set;

	for (size_t i = 0; i < set->override_count; i++) {
		struct schematron_override *o = &set->overrides[i];

		if (o->part != part || !str_eq(o->name, name) ||
		    (part == SCHEMATRON_LET &&
			!str_eq(o->file, loader->schema->path)))
			continue;
		o->is_used = true;
		o->was = was;
		last = o;
	}
	return last;
}
