/* SPDX-License-Identifier: MIT */
#include "model/frontmatter.h"

#include "base/arena.h"
#include "base/diag.h"
#include "model/hygiene.h"
#include "model/yaml.h"

/* Where in the file the parts stand, by byte. */
struct fences {
	size_t yaml, yaml_end, body;
	uint32_t body_line;
};

static struct mark line_mark(struct str path, uint32_t line)
{
	return (struct mark){ .path = path, .line = line, .column = 1 };
}

/* Checks what needs no reading: size, emptiness, UTF-16. */
static bool check_size(struct str path, struct str bytes,
    const struct frontmatter_limits *limits, struct diag_list *diags)
{
	struct mark mark = { .path = path };

	if (bytes.len > limits->max_bytes)
		return diag_report(diags, mark, DIAG_FILE_TOO_LARGE,
		    str_format(diags->arena, "%zu", (bytes.len + 1023) / 1024),
		    str_format(diags->arena, "%zu", limits->max_bytes / 1024));
	if (str_starts(bytes, STR("\xff\xfe")) ||
	    str_starts(bytes, STR("\xfe\xff")))
		return diag_report(diags, mark, DIAG_UTF16);
	if (str_trim(bytes).len == 0)
		return diag_report(diags, mark, DIAG_FILE_EMPTY);
	return true;
}

/* Without the byte order mark that some editors put first. */
static struct str drop_bom(struct str bytes)
{
	return str_starts(bytes, STR("\xef\xbb\xbf")) ?
	    str_slice(bytes, 3, bytes.len) : bytes;
}

static bool is_fence(struct str line)
{
	return str_starts(line, STR("---")) &&
	    str_trim(str_slice(line, 3, line.len)).len == 0;
}

static bool find_fences(struct str path, struct str bytes,
    struct fences *fences, struct diag_list *diags)
{
	struct str rest = bytes;
	uint32_t line = 1;

	if (!is_fence(str_cut(&rest, '\n')))
		return diag_report(diags, line_mark(path, 1),
		    DIAG_NO_FRONT_MATTER);
	fences->yaml = bytes.len - rest.len;
	while (rest.len > 0) {
		size_t start = bytes.len - rest.len;

		line++;
		if (is_fence(str_cut(&rest, '\n'))) {
			fences->yaml_end = start;
			fences->body = bytes.len - rest.len;
			fences->body_line = line + 1;
			return true;
		}
	}
	return diag_report(diags, line_mark(path, 1),
	    DIAG_FRONT_MATTER_UNCLOSED);
}

/* Line feeds instead of CRLF; the view itself where there are none. */
static struct str drop_returns(struct arena *arena, struct str s)
{
	char *copy;
	size_t len = 0;

	if (str_find_char(s, '\r', 0) == STR_NOT_FOUND)
		return s;
	copy = arena_alloc(arena, s.len + 1);
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] != '\r')
			copy[len++] = s.ptr[i];
	return (struct str){ copy, len };
}

/* Hygiene of the whole file, then the YAML even so, to find all faults. */
static bool read_parts(struct arena *arena, struct str whole,
    struct yaml_source *source, struct value **root, struct diag_list *diags)
{
	bool is_clean = hygiene_check(source->path, whole, diags);
	struct value *found = NULL;

	if (!is_clean)
		source->bytes = hygiene_mend(diags->arena, source->bytes);
	if (!yaml_read(arena, source, &found, diags) || !is_clean)
		return false;
	*root = found;
	return true;
}

bool frontmatter_parse(struct arena *arena, struct str path, struct str bytes,
    const struct frontmatter_limits *limits, struct frontmatter *out,
    struct diag_list *diags)
{
	struct yaml_source source = { .path = path, .line = 2,
		.max_depth = limits->max_depth };
	struct str text = drop_bom(bytes);
	struct fences fences = { 0 };
	struct value *data = NULL;

	if (!check_size(path, bytes, limits, diags))
		return false;
	if (!find_fences(path, text, &fences, diags)) {
		(void)!hygiene_check(path, text, diags);
		return false;
	}
	source.bytes = str_slice(text, fences.yaml, fences.yaml_end);
	if (!read_parts(arena, text, &source, &data, diags))
		return false;
	out->data = data;
	out->body_line = fences.body_line;
	out->body_size = text.len - fences.body;
	out->body_offset = bytes.len - out->body_size;
	out->body = drop_returns(arena,
	    str_slice(text, fences.body, text.len));
	return true;
}

struct str frontmatter_body(struct arena *arena, struct str bytes,
    size_t body_offset, size_t body_size)
{
	if (body_offset > bytes.len || body_size > bytes.len - body_offset)
		return STR_NONE;
	return drop_returns(arena,
	    str_slice(bytes, body_offset, body_offset + body_size));
}

bool yaml_parse(struct arena *arena, struct str path, struct str bytes,
    const struct frontmatter_limits *limits, struct value **root,
    struct diag_list *diags)
{
	struct yaml_source source = { .path = path, .line = 1,
		.bytes = drop_bom(bytes), .max_depth = limits->max_depth };

	if (!check_size(path, bytes, limits, diags))
		return false;
	return read_parts(arena, source.bytes, &source, root, diags);
}
