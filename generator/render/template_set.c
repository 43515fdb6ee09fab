/* SPDX-License-Identifier: MIT */
/*
 * Loading templates and binding them to each other: partials and parents to
 * the templates they name. A set opened for one template reads what it includes
 * as it goes along; a set of a whole folder has everything from the start.
 */
#include "base/arena.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/reader.h"
#include "render/template.h"
#include "render/template_ops.h"

#define SUFFIX STR(".mustache")

static struct template_set *make_set(struct arena *arena,
    const struct reader *reader, const struct template_folder *folders,
    size_t count)
{
	struct template_set *set = arena_alloc(arena, sizeof(*set));
	struct template_folder *kept = arena_alloc(arena,
	    count * sizeof(*kept));

	for (size_t i = 0; i < count; i++)
		kept[i] = (struct template_folder){
			str_dup(arena, folders[i].name),
			str_dup(arena, folders[i].path) };
	set->arena = arena;
	set->reader = reader;
	set->folders = kept;
	set->folder_count = count;
	map_init(&set->templates, arena);
	map_init(&set->names, arena);
	return set;
}

struct template *template_find(const struct template_set *set, struct str name)
{
	return map_get(&set->templates, name);
}

/* Puts a template of that name into the set, empty until it is compiled. */
static struct template *add(struct template_set *set, struct str name,
    struct str path)
{
	struct template *template = arena_alloc(set->arena, sizeof(*template));

	template->set = set;
	template->name = str_dup(set->arena, name);
	template->path = str_dup(set->arena, path);
	(void)map_put(&set->templates, template->name, template);
	return template;
}

static struct str path_of(const struct template_set *set,
    const struct template_folder *folder, struct str name)
{
	return path_join(set->arena, folder->path,
	    str_join(set->arena, name, SUFFIX));
}

static bool read_template(const struct template_set *set, struct str path,
    struct str *source, struct diag_list *diags)
{
	return path_is_safe(path) && set->reader->read(set->reader->context,
	    path, set->arena, source, diags);
}

/* Reads the template of that name: of the first folder that has it, or of the
 * folder it names. */
static bool find_file(const struct template_set *set, struct str name,
    struct template_file *file, struct diag_list *diags)
{
	for (size_t i = 0; i < set->folder_count; i++) {
		file->path = path_of(set, &set->folders[i], name);
		if (read_template(set, file->path, &file->source, diags))
			return true;
	}
	for (size_t i = 0; i < set->folder_count; i++) {
		struct str rest = name;

		if (!str_eq(str_cut(&rest, '/'), set->folders[i].name) ||
		    rest.len == 0 || set->folders[i].name.len == 0)
			continue;
		file->path = path_of(set, &set->folders[i], rest);
		return read_template(set, file->path, &file->source, diags);
	}
	return false;
}

/*
 * Reads and compiles the template of that name; NULL if there is no such file.
 * Faults inside it are reported, and it is there, empty.
 */
static struct template *load(struct template_set *set, struct str name,
    struct diag_list *diags)
{
	struct template_file file;
	struct template *template;

	if (!find_file(set, name, &file, diags))
		return NULL;
	template = add(set, name, file.path);
	template->digest = hash_bytes(file.source);
	if (!template_parse(template, file.source, diags))
		template->count = 0;
	return template;
}

/* Loads the templates of a folder whose names are not there yet. */
static void load_folder(struct template_set *set,
    const struct template_folder *folder, struct diag_list *diags)
{
	struct vec paths;

	vec_init(&paths, sizeof(struct str));
	if (set->reader->list(set->reader->context, folder->path, set->arena,
	    &paths, diags)) {
		size_t skip = folder->path.len;

		if (skip > 0 && folder->path.ptr[skip - 1] != '/')
			skip++;
		for (size_t i = 0; i < paths.count; i++) {
			struct str path = *(struct str *)vec_at(&paths, i);
			struct str name;

			if (!str_ends(path, SUFFIX))
				continue;
			name = str_slice(path, skip, path.len - SUFFIX.len);
			if (!map_has(&set->templates, name))
				(void)load(set, name, diags);
		}
	}
	vec_dispose(&paths);
}

static bool load_folders(struct template_set *set, struct diag_list *diags)
{
	size_t before = diag_errors(diags);

	for (size_t i = 0; i < set->folder_count; i++)
		load_folder(set, &set->folders[i], diags);
	return diag_errors(diags) == before;
}

static struct mark op_mark(const struct template *template,
    const struct op *op)
{
	return (struct mark){ template->path, op->line, op->column };
}

static bool is_include(const struct op *op)
{
	return op->kind == OP_PARTIAL || op->kind == OP_PARENT;
}

static void bind_op(struct template *template, struct op *op,
    struct diag_list *diags)
{
	struct template_set *set = template->set;
	size_t before = diag_errors(diags);

	op->include.target = template_find(set, op->include.name);
	if (op->include.target == NULL)
		op->include.target = load(set, op->include.name, diags);
	if (op->include.target == NULL && diag_errors(diags) == before)
		(void)diag_report(diags, op_mark(template, op),
		    DIAG_TEMPLATE_UNKNOWN, op->include.name,
		    path_of(set, &set->folders[0], op->include.name));
}

/*
 * Binds all templates; those that get loaded meanwhile stand at the end of the
 * map and are bound in their turn.
 */
static void bind_all(struct template_set *set, struct diag_list *diags)
{
	bool has_dynamic = false;

	for (size_t i = 0; i < set->templates.count; i++) {
		struct template *template = set->templates.entries[i].item;

		for (uint32_t at = 0; at < template->count; at++) {
			struct op *op = &template->ops[at];

			if (is_include(op) && !op->is_dynamic)
				bind_op(template, op, diags);
			else if (is_include(op) && !has_dynamic)
				has_dynamic = load_folders(set, diags);
		}
	}
}

/*
 * Whether rendering `template` surely comes to `template` again: along partials
 * and parents that stand in no section and no block.
 */
static void find_endless(struct template *template, uint32_t visit,
    struct diag_list *diags)
{
	uint32_t next;

	template->visit = visit;
	template->is_open = true;
	for (uint32_t at = 0; at < template->count; at = next) {
		struct op *op = &template->ops[at];

		next = op->end;
		if (!is_include(op) || op->include.target == NULL)
			continue;
		if (op->include.target->is_open)
			(void)diag_report(diags, op_mark(template, op),
			    DIAG_TEMPLATE_ENDLESS, op->include.target->name);
		else if (op->include.target->visit != visit)
			find_endless(op->include.target, visit, diags);
	}
	template->is_open = false;
}

/* Whether a block of that name is shown somewhere in `template` or in what it
 * includes; what a dynamic name includes is not known, so it may be. */
static bool offers_block(struct template *template, struct str name,
    uint32_t visit)
{
	if (template == NULL || template->visit == visit)
		return template == NULL;
	template->visit = visit;
	for (uint32_t at = 0; at < template->count; at++) {
		const struct op *op = &template->ops[at];

		if (op->kind == OP_BLOCK && op->block.name.ptr == name.ptr)
			return true;
		if (is_include(op) &&
		    offers_block(op->include.target, name, visit))
			return true;
	}
	return false;
}

static void check_blocks(struct template *template, struct diag_list *diags)
{
	for (uint32_t at = 0; at < template->count; at++) {
		const struct op *parent = &template->ops[at];
		uint32_t i = at + 1;

		if (parent->kind != OP_PARENT)
			continue;
		for (; i < parent->end; i = template->ops[i].end) {
			const struct op *block = &template->ops[i];

			if (!offers_block(parent->include.target,
			    block->block.name, ++template->set->visits))
				(void)diag_report(diags,
				    op_mark(template, block),
				    DIAG_BLOCK_UNKNOWN, parent->include.name,
				    block->block.name);
		}
	}
}

static void finish(struct template_set *set, struct diag_list *diags)
{
	uint32_t visit = ++set->visits;

	bind_all(set, diags);
	for (size_t i = 0; i < set->templates.count; i++) {
		struct template *template = set->templates.entries[i].item;

		if (template->visit != visit)
			find_endless(template, visit, diags);
	}
	for (size_t i = 0; i < set->templates.count; i++)
		check_blocks(set->templates.entries[i].item, diags);
}

bool template_set_open(struct arena *arena, const struct reader *reader,
    const struct template_folder *folders, size_t count,
    struct template_set **set, struct diag_list *diags)
{
	struct template_set *opened = make_set(arena, reader, folders, count);
	size_t before = diag_errors(diags);

	(void)load_folders(opened, diags);
	finish(opened, diags);
	if (diag_errors(diags) > before)
		return false;
	*set = opened;
	return true;
}

bool template_open(struct arena *arena, const struct reader *reader,
    struct str folder, const struct template_file *file,
    struct template **template, struct diag_list *diags)
{
	struct template_set *set = make_set(arena, reader,
	    &(struct template_folder){ .path = folder }, 1);
	size_t before = diag_errors(diags);
	struct str name = path_name(file->path);
	struct template *opened;

	if (str_ends(name, SUFFIX))
		name = str_slice(name, 0, name.len - SUFFIX.len);
	opened = add(set, name, file->path);
	if (template_parse(opened, str_dup(arena, file->source), diags))
		finish(set, diags);
	if (diag_errors(diags) > before)
		return false;
	*template = opened;
	return true;
}
