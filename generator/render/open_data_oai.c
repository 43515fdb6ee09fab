/* SPDX-License-Identifier: MIT */
/*
 * OAI-PMH static repositories: one XML file that a gateway serves to
 * harvesters (openarchives.org, guidelines for static repositories). Dublin
 * Core alone, no sets, no deleted records: that is all the form allows.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/escape.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "catalogue/export.h"
#include "render/open_data.h"
#include "render/pages.h"

#define OAI "http://www.openarchives.org/OAI/2.0/"

struct oai_writing {
	struct site *site;
	const struct page *page;
	struct file_stream *out;
	struct arena arena;
	struct buf xml;
	size_t rows;
};

/* The columns of data_oai. */
enum { OAI_ID, OAI_STAMP, OAI_TITLE, OAI_TITLE_EN, OAI_SUMMARY, OAI_CATEGORY,
	OAI_KEYWORDS, OAI_UNITS, OAI_ENTERED, OAI_NUMBER, OAI_PEOPLE,
	OAI_DOIS };

/* Nothing for no text: the elements are all optional. */
static void append_element(struct buf *xml, const char *name, struct str text)
{
	if (text.len == 0)
		return;
	buf_append_format(xml, "<%s>", name);
	escape_xml(xml, text);
	buf_append_format(xml, "</%s>\n", name);
}

static void append_each(struct buf *xml, const char *name, const char *before,
    struct arena *arena, struct str list)
{
	while (list.len > 0)
		append_element(xml, name, str_join(arena, str_from(before),
		    str_cut(&list, '\x1f')));
}

static void write_xml(struct oai_writing *writing)
{
	file_stream_write(writing->out, buf_str(&writing->xml));
	buf_clear(&writing->xml);
}

static void write_head(struct oai_writing *writing, struct str earliest)
{
	struct site *site = writing->site;
	struct buf *xml = &writing->xml;
	struct str base = writing->page->file->year.len > 0 ? STR_NONE :
	    value_text_at(site->settings, STR("oai.base_url"));

	buf_append(xml, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<Repository xmlns=\"" OAI "static-repository\" xmlns:oai=\"" OAI
	    "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
	    "xsi:schemaLocation=\"" OAI "static-repository " OAI
	    "static-repository.xsd\">\n<Identify>\n"));
	append_element(xml, "oai:repositoryName",
	    value_text_at(site->context, STR("site.title")));
	append_element(xml, "oai:baseURL", base.len > 0 ? base :
	    page_url(site, &writing->arena, writing->page->path));
	append_element(xml, "oai:protocolVersion", STR("2.0"));
	append_element(xml, "oai:adminEmail", str_format(&writing->arena,
	    "%.*s@%.*s", STR_ARG(value_text_at(site->settings,
		STR("oai.mailbox"))), STR_ARG(value_text_at(site->context,
		STR("site.domain")))));
	append_element(xml, "oai:earliestDatestamp", earliest);
	append_element(xml, "oai:deletedRecord", STR("no"));
	append_element(xml, "oai:granularity", STR("YYYY-MM-DD"));
	buf_append(xml, STR("</Identify>\n<ListMetadataFormats>\n"
	    "<oai:metadataFormat>\n"
	    "<oai:metadataPrefix>oai_dc</oai:metadataPrefix>\n"
	    "<oai:schema>" OAI "oai_dc.xsd</oai:schema>\n"
	    "<oai:metadataNamespace>" OAI "oai_dc/</oai:metadataNamespace>\n"
	    "</oai:metadataFormat>\n</ListMetadataFormats>\n"
	    "<ListRecords metadataPrefix=\"oai_dc\">\n"));
}

static void append_header(struct oai_writing *writing, const struct str *cells)
{
	struct buf *xml = &writing->xml;

	buf_append(xml, STR("<oai:record>\n<oai:header>\n"));
	append_element(xml, "oai:identifier", str_format(&writing->arena,
	    "oai:%.*s:%.*s", STR_ARG(value_text_at(writing->site->context,
		STR("site.domain"))), STR_ARG(cells[OAI_ID])));
	append_element(xml, "oai:datestamp", cells[OAI_STAMP]);
	buf_append(xml, STR("</oai:header>\n<oai:metadata>\n<oai_dc:dc "
	    "xmlns:oai_dc=\"" OAI "oai_dc/\" "
	    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
	    "xsi:schemaLocation=\"" OAI "oai_dc/ " OAI "oai_dc.xsd\">\n"));
}

static void append_metadata(struct oai_writing *writing,
    const struct str *cells)
{
	struct site *site = writing->site;
	struct arena *arena = &writing->arena;
	struct buf *xml = &writing->xml;

	append_element(xml, "dc:title", cells[OAI_TITLE]);
	append_element(xml, "dc:title", cells[OAI_TITLE_EN]);
	append_each(xml, "dc:creator", "", arena, cells[OAI_UNITS]);
	append_each(xml, "dc:contributor", "", arena, cells[OAI_PEOPLE]);
	append_each(xml, "dc:subject", "", arena, cells[OAI_KEYWORDS]);
	append_element(xml, "dc:description", cells[OAI_SUMMARY]);
	append_element(xml, "dc:description", value_text_at(site->context,
	    STR("site.demonstration")));
	append_element(xml, "dc:publisher",
	    value_text_at(site->context, STR("site.title")));
	append_element(xml, "dc:date", cells[OAI_ENTERED]);
	append_element(xml, "dc:type", cells[OAI_CATEGORY]);
	append_element(xml, "dc:identifier", page_url(site, arena,
	    str_format(arena, "achievements/%.*s/",
		STR_ARG(cells[OAI_ID]))));
	append_element(xml, "dc:identifier", cells[OAI_NUMBER]);
	append_element(xml, "dc:language", STR("zh"));
	append_each(xml, "dc:relation", "https://doi.org/", arena,
	    cells[OAI_DOIS]);
	append_element(xml, "dc:rights",
	    value_text_at(site->settings, STR("licence.url")));
}

static void write_record(void *context, const struct str *cells, size_t count)
{
	struct oai_writing *writing = context;

	(void)count;
	arena_reset(&writing->arena);
	if (writing->rows++ == 0)
		write_head(writing, cells[OAI_ENTERED]);
	append_header(writing, cells);
	append_metadata(writing, cells);
	buf_append(&writing->xml, STR("</oai_dc:dc>\n</oai:metadata>\n"
	    "</oai:record>\n"));
	write_xml(writing);
}

bool data_write_oai(struct site *site, const struct page *page,
    struct file_stream *out, struct diag_list *diags)
{
	const struct str params[] = { page->file->year };
	struct oai_writing writing = { .site = site, .page = page,
		.out = out };

	(void)diags;
	arena_init(&writing.arena);
	buf_init(&writing.xml);
	catalogue_each(site->catalogue, QUERY_data_oai, params, 1,
	    write_record, &writing);
	buf_append(&writing.xml, STR("</ListRecords>\n</Repository>\n"));
	write_xml(&writing);
	buf_dispose(&writing.xml);
	arena_dispose(&writing.arena);
	page->file->rows = writing.rows;
	return true;
}
