/* SPDX-License-Identifier: MIT */
/*
 * Every behaviour that the Mustache specification asks for, module by module,
 * in words of our own: interpolation, sections, inverted sections, partials,
 * delimiters, comments, inheritance, dynamic names. Where the specification
 * leaves numbers to the language of the data: ours are text, shown as written.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/json.h"
#include "base/reader.h"
#include "base/vec.h"
#include "render/template.h"

enum { PARTIALS_MAX = 4 };

struct spec_case {
	const char *claim, *data, *source, *expected;
	struct {
		const char *name, *source;
	} partials[PARTIALS_MAX];
};

static const struct spec_case interpolation[] = {
	{ "text without tags is kept", "{}", "a {single} brace }} {", "a {single} brace }} {", {{0}} },
	{ "a name shows its value", "{\"who\":\"浙江\"}", "你好，{{who}}！", "你好，浙江！", {{0}} },
	{ "values are escaped", "{\"x\":\"& \\\" < > '\"}", "{{x}}", "&amp; &quot; &lt; &gt; &#39;", {{0}} },
	{ "three braces do not escape", "{\"x\":\"& \\\" < >\"}", "{{{x}}}", "& \" < >", {{0}} },
	{ "an ampersand does not escape", "{\"x\":\"& \\\" < >\"}", "{{&x}}", "& \" < >", {{0}} },
	{ "integers are shown", "{\"n\":85}", "{{n}}|{{{n}}}|{{&n}}", "85|85|85", {{0}} },
	{ "decimals are shown as written", "{\"n\":1.210}", "{{n}}|{{{n}}}|{{&n}}", "1.210|1.210|1.210", {{0}} },
	{ "null shows nothing", "{\"n\":null}", "({{n}}{{{n}}}{{&n}})", "()", {{0}} },
	{ "truth values are words", "{\"y\":true,\"n\":false}", "{{y}} {{n}}", "true false", {{0}} },
	{ "what is not there shows nothing", "{}", "({{a}}|{{{a}}}|{{&a}})", "(||)", {{0}} },
	{ "dots walk into maps", "{\"p\":{\"n\":\"Li\"}}", "{{p.n}}={{#p}}{{n}}{{/p}}", "Li=Li", {{0}} },
	{ "dots walk without escaping", "{\"p\":{\"n\":\"<\"}}", "{{{p.n}}}{{&p.n}}", "<<", {{0}} },
	{ "dots walk any depth", "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":\"deep\"}}}}}}", "{{a.b.c.d.e.f}}", "deep", {{0}} },
	{ "a broken chain shows nothing", "{\"a\":{}}", "({{a.b.c}})", "()", {{0}} },
	{ "a broken chain does not look outside", "{\"a\":{\"b\":{}},\"c\":{\"n\":\"no\"}}", "({{a.b.c.n}})", "()", {{0}} },
	{ "the first part is looked up like any name", "{\"a\":{\"b\":{\"c\":\"inner\"}},\"b\":{\"c\":\"outer\"}}", "{{#a}}{{b.c}}{{/a}}", "inner", {{0}} },
	{ "a leading dot stays in the innermost context", "{\"a\":{},\"b\":{\"n\":\"yes\"},\"n\":\"no\"}", "{{#a}}{{.n}}{{/a}}{{#b}}{{.n}}{{/b}}", "yes", {{0}} },
	{ "the nearest context wins, even without the rest", "{\"a\":{\"b\":{}},\"b\":{\"c\":\"no\"}}", "({{#a}}{{b.c}}{{/a}})", "()", {{0}} },
	{ "a null nearby hides what is further out", "{\"a\":{\"x\":null},\"x\":\"no\"}", "({{#a}}{{x}}{{/a}})", "()", {{0}} },
	{ "a dot is the context itself", "[\"a\",\"<\"]", "{{#.}}({{.}}{{{.}}}{{&.}}){{/.}}", "(aaa)(&lt;<<)", {{0}} },
	{ "space around values stays", "{\"x\":\"-\"}", "| {{x}} | {{{x}}} | {{&x}} |", "| - | - | - |", {{0}} },
	{ "a value alone on its line keeps the line", "{\"x\":\"-\"}", "  {{x}}\n  {{{x}}}\n  {{&x}}\n", "  -\n  -\n  -\n", {{0}} },
	{ "space inside tags does not matter", "{\"x\":\"-\"}", "|{{ x }}|{{{ x }}}|{{& x }}|", "|-|-|-|", {{0}} },
	{ "a brace after three closing ones is text", "{\"x\":\"-\"}", "{{{x}}}}", "-}", {{0}} },
};

static const struct spec_case sections[] = {
	{ "true shows", "{\"b\":true}", "\"{{#b}}shown{{/b}}\"", "\"shown\"", {{0}} },
	{ "false hides", "{\"b\":false}", "\"{{#b}}shown{{/b}}\"", "\"\"", {{0}} },
	{ "null hides", "{\"b\":null}", "\"{{#b}}shown{{/b}}\"", "\"\"", {{0}} },
	{ "empty text hides", "{\"b\":\"\"}", "\"{{#b}}shown{{/b}}\"", "\"\"", {{0}} },
	{ "zero shows, for it is text", "{\"b\":0}", "{{#b}}{{.}}{{/b}}", "0", {{0}} },
	{ "an empty map shows", "{\"b\":{}}", "{{#b}}shown{{/b}}", "shown", {{0}} },
	{ "a map becomes the context", "{\"p\":{\"n\":\"Li\"}}", "{{#p}}Hi {{n}}.{{/p}}", "Hi Li.", {{0}} },
	{ "outer contexts are still seen", "{\"a\":\"A\",\"b\":\"no\",\"s\":{\"b\":\"B\"},\"c\":{\"d\":\"D\"}}", "{{#s}}{{a}}, {{b}}, {{c.d}}{{/s}}", "A, B, D", {{0}} },
	{ "text becomes the context too", "{\"x\":\"bar\"}", "{{#x}}{{.}} is {{x}}{{/x}}", "bar is bar", {{0}} },
	{ "all levels are seen from lists in lists", "{\"t\":[{\"n\":{\"u\":\"A\",\"l\":\"a\"},\"m\":[{\"k\":\"1\",\"b\":[{\"z\":\"x\"},{\"z\":\"y\"}]}]}]}", "{{#t}}{{#m}}{{n.l}}{{k}}.{{#b}}{{n.u}}{{k}}{{z}}.{{/b}}{{/m}}{{/t}}", "a1.A1x.A1y.", {{0}} },
	{ "deep nesting sees every level", "{\"a\":{\"i\":1},\"b\":{\"j\":2},\"c\":{\"k\":3,\"d\":{\"l\":4,\"e\":5}}}", "{{#a}}\n{{i}}\n{{#b}}\n{{i}}{{j}}\n{{#c}}\n{{i}}{{j}}{{k}}\n{{#d}}\n{{i}}{{j}}{{k}}{{l}}\n{{#e}}\n{{i}}{{j}}{{k}}{{l}}{{e}}{{.}}6\n{{/e}}\n{{l}}\n{{/d}}\n{{k}}\n{{/c}}\n{{j}}\n{{/b}}\n{{i}}\n{{/a}}\n", "1\n12\n123\n1234\n1234556\n4\n3\n2\n1\n", {{0}} },
	{ "a list is walked", "{\"l\":[{\"i\":1},{\"i\":2},{\"i\":3}]}", "{{#l}}{{i}}{{/l}}", "123", {{0}} },
	{ "an empty list hides", "{\"l\":[]}", "\"{{#l}}shown{{/l}}\"", "\"\"", {{0}} },
	{ "text is no list", "{\"x\":\"123\"}", "{{#x}}once{{/x}}", "once", {{0}} },
	{ "a section may come twice", "{\"b\":true,\"x\":\"second\"}", "{{#b}}\n* first\n{{/b}}\n* {{x}}\n{{#b}}\n* third\n{{/b}}\n", "* first\n* second\n* third\n", {{0}} },
	{ "the same section inside itself, true", "{\"b\":true}", "| A {{#b}}B {{#b}}C{{/b}} D{{/b}} E |", "| A B C D E |", {{0}} },
	{ "the same section inside itself, false", "{\"b\":false}", "| A {{#b}}B {{#b}}C{{/b}} D{{/b}} E |", "| A  E |", {{0}} },
	{ "what is not there hides", "{}", "[{{#no}}shown{{/no}}]", "[]", {{0}} },
	{ "a dot shows each text", "{\"l\":[\"a\",\"b\"]}", "{{#l}}({{.}}){{/l}}", "(a)(b)", {{0}} },
	{ "a dot shows each integer", "{\"l\":[1,2]}", "{{#l}}({{.}}){{/l}}", "(1)(2)", {{0}} },
	{ "a dot shows each decimal", "{\"l\":[1.5,2.25]}", "{{#l}}({{.}}){{/l}}", "(1.5)(2.25)", {{0}} },
	{ "a dot walks a list in a list", "{\"l\":[[1,2],[\"a\"]]}", "{{#l}}({{#.}}{{.}}{{/.}}){{/l}}", "(12)(a)", {{0}} },
	{ "a dot escapes unless told not to", "{\"l\":[\"<\"]}", "{{#l}}{{.}}{{{.}}}{{&.}}{{/l}}", "&lt;<<", {{0}} },
	{ "a dot is each map of a list", "{\"l\":[{\"v\":\"a\"},{\"v\":\"b\"}]}", "{{#l}}{{#.}}{{v}}{{/.}}{{/l}}", "ab", {{0}} },
	{ "dots name a section, true", "{\"a\":{\"b\":{\"c\":true}}}", "{{#a.b.c}}shown{{/a.b.c}}", "shown", {{0}} },
	{ "dots name a section, false", "{\"a\":{\"b\":{\"c\":false}}}", "({{#a.b.c}}shown{{/a.b.c}})", "()", {{0}} },
	{ "a broken chain hides", "{\"a\":{}}", "({{#a.b.c}}shown{{/a.b.c}})", "()", {{0}} },
	{ "space around stays", "{\"b\":true}", " | {{#b}}\t|\t{{/b}} | \n", " | \t|\t | \n", {{0}} },
	{ "space inside stays", "{\"b\":true}", " | {{#b}} {{! note }}\n {{/b}} | \n", " |  \n  | \n", {{0}} },
	{ "indented sections within a line stay", "{\"b\":true}", " {{#b}}YES{{/b}}\n {{#b}}GOOD{{/b}}\n", " YES\n GOOD\n", {{0}} },
	{ "lines of tags alone vanish", "{\"b\":true}", "| a\n{{#b}}\n|\n{{/b}}\n| b\n", "| a\n|\n| b\n", {{0}} },
	{ "indented lines of tags alone vanish", "{\"b\":true}", "| a\n  {{#b}}\n|\n \t{{/b}}\n| b\n", "| a\n|\n| b\n", {{0}} },
	{ "CRLF ends a line too", "{\"b\":true}", "|\r\n{{#b}}\r\n{{/b}}\r\n|", "|\r\n|", {{0}} },
	{ "alone on the first line", "{\"b\":true}", "  {{#b}}\n#{{/b}}\n/", "#\n/", {{0}} },
	{ "alone on a last line without end", "{\"b\":true}", "#{{#b}}\n/\n  {{/b}}", "#\n/\n", {{0}} },
	{ "two tags on a line keep the line", "{\"b\":true}", "{{#b}}{{/b}}\n|\n", "\n|\n", {{0}} },
	{ "space inside tags does not matter", "{\"b\":true}", "|{{# b }}={{/ b }}|", "|=|", {{0}} },
};

static const struct spec_case inverted[] = {
	{ "false shows", "{\"b\":false}", "\"{{^b}}shown{{/b}}\"", "\"shown\"", {{0}} },
	{ "null shows", "{\"b\":null}", "\"{{^b}}shown{{/b}}\"", "\"shown\"", {{0}} },
	{ "true hides", "{\"b\":true}", "\"{{^b}}shown{{/b}}\"", "\"\"", {{0}} },
	{ "text hides, empty text shows", "{\"x\":\"a\",\"e\":\"\"}", "{{^x}}no{{/x}}{{^e}}yes{{/e}}", "yes", {{0}} },
	{ "a map hides", "{\"p\":{\"n\":\"Li\"}}", "\"{{^p}}Hi {{n}}.{{/p}}\"", "\"\"", {{0}} },
	{ "a list hides", "{\"l\":[{\"n\":1},{\"n\":2}]}", "\"{{^l}}{{n}}{{/l}}\"", "\"\"", {{0}} },
	{ "an empty list shows", "{\"l\":[]}", "\"{{^l}}none{{/l}}\"", "\"none\"", {{0}} },
	{ "an inverted section may come twice", "{\"b\":false,\"x\":\"second\"}", "{{^b}}\n* first\n{{/b}}\n* {{x}}\n{{^b}}\n* third\n{{/b}}\n", "* first\n* second\n* third\n", {{0}} },
	{ "inside itself, false", "{\"b\":false}", "| A {{^b}}B {{^b}}C{{/b}} D{{/b}} E |", "| A B C D E |", {{0}} },
	{ "inside itself, true", "{\"b\":true}", "| A {{^b}}B {{^b}}C{{/b}} D{{/b}} E |", "| A  E |", {{0}} },
	{ "what is not there shows", "{}", "[{{^no}}none{{/no}}]", "[none]", {{0}} },
	{ "dots, true", "{\"a\":{\"b\":{\"c\":true}}}", "({{^a.b.c}}no{{/a.b.c}})", "()", {{0}} },
	{ "dots, false", "{\"a\":{\"b\":{\"c\":false}}}", "({{^a.b.c}}none{{/a.b.c}})", "(none)", {{0}} },
	{ "a broken chain shows", "{\"a\":{}}", "({{^a.b.c}}none{{/a.b.c}})", "(none)", {{0}} },
	{ "space around stays", "{\"b\":false}", " | {{^b}}\t|\t{{/b}} | \n", " | \t|\t | \n", {{0}} },
	{ "space inside stays", "{\"b\":false}", " | {{^b}} {{! note }}\n {{/b}} | \n", " |  \n  | \n", {{0}} },
	{ "indented ones within a line stay", "{\"b\":false}", " {{^b}}NO{{/b}}\n {{^b}}WAY{{/b}}\n", " NO\n WAY\n", {{0}} },
	{ "lines of tags alone vanish", "{\"b\":false}", "| a\n{{^b}}\n|\n  {{/b}}\n| b\n", "| a\n|\n| b\n", {{0}} },
	{ "CRLF ends a line too", "{\"b\":false}", "|\r\n{{^b}}\r\n{{/b}}\r\n|", "|\r\n|", {{0}} },
	{ "alone on the first line", "{\"b\":false}", "  {{^b}}\n^{{/b}}\n/", "^\n/", {{0}} },
	{ "alone on a last line without end", "{\"b\":false}", "^{{^b}}\n/\n  {{/b}}", "^\n/\n", {{0}} },
	{ "space inside tags does not matter", "{\"b\":false}", "|{{^ b }}={{/ b }}|", "|=|", {{0}} },
};

static const struct spec_case partials[] = {
	{ "a partial is included", "{}", "\"{{>p}}\"", "\"from p\"", { { "p", "from p" } } },
	{ "a partial sees the context", "{\"x\":\"v\"}", "\"{{>p}}\"", "\"*v*\"", { { "p", "*{{x}}*" } } },
	{ "a partial may include itself where it ends", "{\"c\":\"X\",\"n\":[{\"c\":\"Y\",\"n\":[]}]}", "{{>node}}", "X<Y<>>", { { "node", "{{c}}<{{#n}}{{>node}}{{/n}}>" } } },
	{ "partials include partials", "{\"a\":\"hello\",\"b\":\"world\"}", "{{>outer}}", "*hello world*", { { "outer", "*{{a}} {{>inner}}*" }, { "inner", "{{b}}" } } },
	{ "space around stays", "{}", "| {{>p}} |", "| \t|\t |", { { "p", "\t|\t" } } },
	{ "within a line nothing is indented", "{\"x\":\"|\"}", "  {{x}}  {{> p}}\n", "  |  >\n>\n", { { "p", ">\n>" } } },
	{ "CRLF ends a line too", "{}", "|\r\n{{>p}}\r\n|", "|\r\n>|", { { "p", ">" } } },
	{ "alone on the first line", "{}", "  {{>p}}\n>", "  >\n  >>", { { "p", ">\n>" } } },
	{ "alone on a last line without end", "{}", ">\n  {{>p}}", ">\n  >\n  >", { { "p", ">\n>" } } },
	{ "lines are indented, values are not", "{\"x\":\"<\\n->\"}", "\\\n {{>p}}\n/\n", "\\\n |\n <\n->a b<\n->c\n |\n/\n", { { "p", "|\n{{{x}}}a b{{{x}}}c\n|\n" } } },
	{ "indentations add up", "{}", "a\n {{>p}}\nz\n", "a\n b\n   c\n   d\n e\nz\n", { { "p", "b\n  {{>q}}\ne\n" }, { "q", "c\nd\n" } } },
	{ "within a line an indented partial's partial is not", "{}", " {{>p}}\n", " (1\n2)\n", { { "p", "({{>q}})\n" }, { "q", "1\n2" } } },
	{ "lines of tags alone are not indented", "{\"b\":true}", "  {{>p}}\n", "  x\n  y\n", { { "p", "{{#b}}\nx\n{{/b}}\n{{! note }}\ny\n" } } },
	{ "a section that begins a line is indented once", "{\"l\":[1,2]}", "  {{>p}}\n", "  (1)(2)\n", { { "p", "{{#l}}({{.}}){{/l}}\n" } } },
	{ "nothing follows the last line", "{}", "  {{>p}}\n|\n", "  x\n|\n", { { "p", "x\n" } } },
	{ "space inside tags does not matter", "{}", "|{{> p }}|", "|[]|", { { "p", "[]" } } },
};

static const struct spec_case delimiters[] = {
	{ "an equals sign on both sides sets them", "{\"x\":\"Hey\"}", "{{=<% %>=}}(<%x%>)", "(Hey)", {{0}} },
	{ "any sign will do", "{\"x\":\"worked\"}", "({{=[ ]=}}[x])", "(worked)", {{0}} },
	{ "they may be words of any script", "{\"x\":\"好\"}", "{{=《 》=}}{{x}}《x》", "{{x}}好", {{0}} },
	{ "sections obey those in force", "{\"s\":true,\"x\":\"v\"}", "[\n{{#s}}\n  {{x}}\n  |x|\n{{/s}}\n\n{{= | | =}}\n|#s|\n  {{x}}\n  |x|\n|/s|\n]\n", "[\n  v\n  |x|\n\n  {{x}}\n  v\n]\n", {{0}} },
	{ "inverted sections obey those in force", "{\"s\":false,\"x\":\"v\"}", "[\n{{^s}}\n  {{x}}\n  |x|\n{{/s}}\n\n{{= | | =}}\n|^s|\n  {{x}}\n  |x|\n|/s|\n]\n", "[\n  v\n  |x|\n\n  {{x}}\n  v\n]\n", {{0}} },
	{ "a partial begins with the usual ones", "{\"x\":\"yes\"}", "[ {{>p}} ]\n{{= | | =}}\n[ |>p| ]\n", "[ .yes. ]\n[ .yes. ]\n", { { "p", ".{{x}}." } } },
	{ "those of a partial end with it", "{\"x\":\"yes\"}", "[ {{>p}} ]\n[ .{{x}}.  .|x|. ]\n", "[ .yes.  .yes. ]\n[ .yes.  .|x|. ]\n", { { "p", ".{{x}}. {{= | | =}} .|x|." } } },
	{ "space around stays", "{}", "| {{=@ @=}} |", "|  |", {{0}} },
	{ "space before, within a line, stays", "{}", " | {{=@ @=}}\n", " | \n", {{0}} },
	{ "a line of the tag alone vanishes", "{}", "a\n{{=@ @=}}\nb\n", "a\nb\n", {{0}} },
	{ "an indented line of the tag alone vanishes", "{}", "a\n  {{=@ @=}}\nb\n", "a\nb\n", {{0}} },
	{ "CRLF ends a line too", "{}", "|\r\n{{= @ @ =}}\r\n|", "|\r\n|", {{0}} },
	{ "alone on the first line", "{}", "  {{=@ @=}}\n=", "=", {{0}} },
	{ "alone on a last line without end", "{}", "=\n  {{=@ @=}}", "=\n", {{0}} },
	{ "space inside the tag does not matter", "{}", "|{{= @   @ =}}|", "||", {{0}} },
	{ "a brace means raw with any of them", "{\"x\":\"<\"}", "{{=<% %>=}}<%{x}%><%&x%><%x%>", "<<&lt;", {{0}} },
};

static const struct spec_case comments[] = {
	{ "a comment shows nothing", "{}", "12345{{! note! }}67890", "1234567890", {{0}} },
	{ "a comment may have lines", "{}", "12345{{!\n  one\n  two...\n}}67890\n", "1234567890\n", {{0}} },
	{ "a line of a comment alone vanishes", "{}", "a\n{{! note }}\nb\n", "a\nb\n", {{0}} },
	{ "an indented line of a comment alone vanishes", "{}", "a\n  {{! note }}\nb\n", "a\nb\n", {{0}} },
	{ "CRLF ends a line too", "{}", "|\r\n{{! note }}\r\n|", "|\r\n|", {{0}} },
	{ "alone on the first line", "{}", "  {{! note }}\n!", "!", {{0}} },
	{ "alone on a last line without end", "{}", "!\n  {{! note }}", "!\n", {{0}} },
	{ "a comment with lines vanishes with them", "{}", "a\n{{!\none\n}}\nb\n", "a\nb\n", {{0}} },
	{ "an indented one too", "{}", "a\n  {{!\n    one\n  }}\nb\n", "a\nb\n", {{0}} },
	{ "within a line nothing else goes", "{}", "  12 {{! 34 }}\n", "  12 \n", {{0}} },
	{ "space around stays", "{}", "12345 {{! note }} 67890", "12345  67890", {{0}} },
	{ "a comment names nothing", "{\"! x\":1,\"!x\":2,\"x\":3}", "({{! x }}{{!x}})", "()", {{0}} },
};

static const struct spec_case inheritance[] = {
	{ "a block shows what it holds", "{}", "{{$t}}usual{{/t}}\n", "usual\n", {{0}} },
	{ "a block holds values", "{\"x\":\"v\"}", "{{$t}}a {{x}} b{{/t}}\n", "a v b\n", {{0}} },
	{ "a block holds raw values", "{\"x\":\"<v>\"}", "{{$t}}a {{{x}}} b{{/t}}\n", "a <v> b\n", {{0}} },
	{ "a block holds sections", "{\"s\":{\"x\":\"v\"}}", "{{$t}}a {{#s}}{{x}}{{/s}} b{{/t}}\n", "a v b\n", {{0}} },
	{ "a block holds inverted sections", "{\"x\":\"v\"}", "{{$t}}a {{^s}}{{x}}{{/s}} b{{/t}}\n", "a v b\n", {{0}} },
	{ "values are not read as templates", "{\"s\":{\"x\":\"{{y}}\"}}", "{{$t}}a {{#s}}{{x}}{{/s}} b{{/t}}\n", "a {{y}} b\n", {{0}} },
	{ "a parent shows its own blocks", "{}", "{{<p}}{{/p}}", "usual", { { "p", "{{$t}}usual{{/t}}" } } },
	{ "what is given replaces them", "{}", "{{<p}}{{$t}}mine{{/t}}{{/p}}", "...mine...", { { "p", "...{{$t}}usual{{/t}}..." } } },
	{ "data does not replace what is given", "{\"t\":\"data\"}", "{{<p}}{{$t}}mine{{/t}}{{/p}}", "mine", { { "p", "{{$t}}usual{{/t}}" } } },
	{ "data does not replace what a block holds", "{\"t\":\"data\"}", "{{<p}}{{/p}}", "usual", { { "p", "{{$t}}usual{{/t}}" } } },
	{ "text before a parent stays", "{}", "test {{<p}}{{$t}}mine{{/t}}{{/p}}", "test mine", { { "p", "{{$t}}...{{/t}}" } } },
	{ "two parents on a line", "{}", "test {{<p}}{{$t}}1{{/t}}{{/p}} {{<p}}{{$t}}2{{/t}}{{/p}}\n", "test |1 usual| |2 usual|\n", { { "p", "|{{$t}}...{{/t}}{{$u}} usual{{/u}}|" } } },
	{ "what is given keeps its lines", "{}", "{{<p}}{{$t}}\npeak\n\n:(\n{{/t}}{{/p}}", "peak\n\n:(\n", { { "p", "{{$t}}peaking{{/t}}" } } },
	{ "indentation before a block stays", "{}", "{{<p}}{{$t}}mine{{/t}}{{/p}}", "stop:\n  mine\n", { { "p", "stop:\n  {{$t}}usual and listen{{/t}}\n" } } },
	{ "one block given, the other not", "{}", "{{<p}}{{$u}}mine{{/u}}{{/p}}", "first, mine", { { "p", "{{$t}}first{{/t}}, {{$u}}second{{/u}}" } } },
	{ "a parent without blocks is a partial", "{}", "{{>p}}|{{<p}}{{/p}}", "usual|usual", { { "p", "{{$t}}usual{{/t}}" } } },
	{ "templates may go round while blocks end it", "{}", "{{<p}}{{$f}}mine{{/f}}{{/p}}", "mine mine mine end", { { "p", "{{$f}}usual{{/f}} {{$b}}{{<q}}{{/q}}{{/b}}" }, { "q", "{{$f}}q usual{{/f}} {{<p}}{{$b}}end{{/b}}{{/p}}" } } },
	{ "the outermost of several wins", "{}", "{{<p}}{{$a}}c{{/a}}{{/p}}", "c", { { "p", "{{<o}}{{$a}}p{{/a}}{{/o}}" }, { "o", "{{<g}}{{$a}}o{{/a}}{{/g}}" }, { "g", "{{$a}}g{{/a}}" } } },
	{ "the outermost that gives it", "{}", "{{<p}}{{/p}}", "p", { { "p", "{{<o}}{{$a}}p{{/a}}{{/o}}" }, { "o", "{{<g}}{{$a}}o{{/a}}{{/g}}" }, { "g", "{{$a}}g{{/a}}" } } },
	{ "text between given blocks shows nothing", "{}", "{{<p}} one {{$t}}mine{{/t}} two {{/p}}", "mine", { { "p", "{{$t}}usual{{/t}}" } } },
	{ "text in a parent without blocks shows nothing", "{}", "{{<p}} one two {{/p}}", "usual", { { "p", "{{$t}}usual{{/t}}" } } },
	{ "what is given sees the context of the place", "{\"x\":\"out\",\"n\":{\"x\":\"in\"}}", "{{<p}}{{$t}}I say {{x}}.{{/t}}{{/p}}", "I say in.", { { "p", "{{#n}}{{$t}}You say {{x}}.{{/t}}{{/n}}" } } },
	{ "a parent and its end alone on a line", "{}", "Hi,\n  {{<p}}{{/p}}\n", "Hi,\n  one\n  two\n", { { "p", "one\ntwo\n" } } },
	{ "a block and its end alone on a line", "{}", "{{<p}}{{$t}}\none\ntwo{{/t}}\n{{/p}}\n", "Hi,\n  one\n  two\n", { { "p", "Hi,\n  {{$t}}{{/t}}\n" } } },
	{ "the same where what is given ends its line", "{}", "{{<p}}{{$t}}\none\ntwo\n{{/t}}\n{{/p}}\n", "Hi,\n  one\n  two\n", { { "p", "Hi,\n  {{$t}}{{/t}}\n" } } },
	{ "indentation goes where it is given and comes where shown", "{}", "{{<p}}{{$t}}\n    one\n    two\n{{/t}}{{/p}}\n", "Hi,\n  one\n  two\n", { { "p", "Hi,\n  {{$t}}\n  {{/t}}\n" } } },
	{ "the indentation is that of what the block holds", "{}", "{{<p}}{{$t}}\none\ntwo\n{{/t}}{{/p}}\n", "Hi,\n  one\n  two\n", { { "p", "Hi,\n{{$t}}\n  usual\n{{/t}}\n" } } },
	{ "a block in what is given keeps its step", "{}", "{{<p}}{{$n}}\nthree\n{{/n}}{{/p}}\n", "one\n  three\n", { { "p", "{{<g}}{{$t}}\n  one\n  {{$n}}\n    two\n  {{/n}}\n{{/t}}{{/g}}\n" }, { "g", "{{$t}}usual{{/t}}" } } },
	{ "a section in what is given loses its indentation", "{\"b\":true}", "{{<p}}\n  {{$t}}\n    {{#b}}\n    one\n      two\n    {{/b}}\n  {{/t}}\n{{/p}}\n", "<\n\tone\n\t  two\n>\n", { { "p", "<\n\t{{$t}}\n\t{{/t}}\n>\n" } } },
	{ "blocks of one name in two parents in each other", "{}", "{{<p}}{{$m}}a{{<q}}{{$m}}b{{/m}}{{/q}}{{/m}}{{/p}}", "p(aq[b])", { { "p", "p({{$m}}{{/m}})" }, { "q", "q[{{$m}}{{/m}}]" } } },
	{ "a parent in an indented partial is indented", "{}", " {{>x}}\n", " <\n   one\n >\n", { { "x", "{{<p}}\n{{$t}}\none\n{{/t}}\n{{/p}}\n" }, { "p", "<\n  {{$t}}\n  {{/t}}\n>\n" } } },
};

static const struct spec_case dynamic_names[] = {
	{ "an asterisk takes the name from the data", "{\"d\":\"p\"}", "\"{{>*d}}\"", "\"hello\"", { { "p", "hello" } } },
	{ "the asterisk is no part of the name", "{\"d\":\"p\",\"*d\":\"q\"}", "\"{{>*d}}\"", "\"hello\"", { { "p", "hello" }, { "q", "no" } } },
	{ "what is not there includes nothing", "{}", "\"{{>*p}}\"", "\"\"", { { "p", "hello" } } },
	{ "a template that is not there shows nothing", "{\"d\":\"q\"}", "\"{{>*d}}\"", "\"\"", { { "p", "hello" } } },
	{ "it sees the context", "{\"x\":\"v\",\"d\":\"p\"}", "\"{{>*d}}\"", "\"*v*\"", { { "p", "*{{x}}*" } } },
	{ "dots walk to the name", "{\"x\":\"v\",\"a\":{\"b\":{\"c\":\"p\"}}}", "\"{{>*a.b.c}}\"", "\"*v*\"", { { "p", "*{{x}}*" } } },
	{ "dots are walked before the name is taken", "{\"a\":\"t\",\"t\":{\"b\":{\"c\":\"p\"}}}", "\"{{>*a.b.c}}\"", "\"\"", { { "p", "no" } } },
	{ "dots do not change the context", "{\"a\":{\"x\":\"v\",\"b\":\"p\"}}", "\"{{>*a.b}}\"", "\"**\"", { { "p", "*{{x}}*" } } },
	{ "the context is that of the tag", "{\"s\":{\"v\":\"s\"},\"u\":{\"d\":\"p\",\"v\":\"u\"}}", "{{#s}}{{>*u.d}}{{/s}}", "\"s\"", { { "p", "\"{{v}}\"" } } },
	{ "in each round of a list", "{\"v\":\"t\",\"l\":[1,2],\"u\":{\"d\":\"p\",\"v\":\"u\"}}", "{{#l}}{{>*u.d}}{{/l}}", "tt", { { "p", "{{v}}" } } },
	{ "and not of the map that has the name", "{\"l\":[1,2],\"u\":{\"d\":\"p\",\"v\":\"u\"}}", "{{#l}}{{>*u.d}}{{/l}}", "\"\"\"\"", { { "p", "\"{{v}}\"" } } },
	{ "they may include themselves where it ends", "{\"d\":\"node\",\"c\":\"X\",\"n\":[{\"c\":\"Y\",\"n\":[]}]}", "{{>*d}}", "X<Y<>>", { { "node", "{{c}}<{{#n}}{{>*d}}{{/n}}>" } } },
	{ "a name is taken once only", "{\"d\":\"t\",\"t\":\"p\"}", "\"{{>**d}}\"", "\"\"", { { "p", "no" } } },
	{ "names are not put together", "{\"a\":\"x\",\"b\":\"y\",\"x\":{\"y\":\"p\"}}", "\"{{>*a.*b}}\"", "\"\"", { { "p", "no" } } },
	{ "space around stays", "{\"d\":\"p\"}", "| {{>*d}} |", "| \t|\t |", { { "p", "\t|\t" } } },
	{ "within a line nothing is indented", "{\"d\":\"p\",\"x\":\"|\"}", "  {{x}}  {{>*d}}\n", "  |  >\n>\n", { { "p", ">\n>" } } },
	{ "CRLF ends a line too", "{\"d\":\"p\"}", "|\r\n{{>*d}}\r\n|", "|\r\n>|", { { "p", ">" } } },
	{ "alone on the first line", "{\"d\":\"p\"}", "  {{>*d}}\n>", "  >\n  >>", { { "p", ">\n>" } } },
	{ "alone on a last line without end", "{\"d\":\"p\"}", ">\n  {{>*d}}", ">\n  >\n  >", { { "p", ">\n>" } } },
	{ "lines are indented, values are not", "{\"d\":\"p\",\"x\":\"<\\n->\"}", "\\\n {{>*d}}\n/\n", "\\\n |\n <\n->\n |\n/\n", { { "p", "|\n{{{x}}}\n|\n" } } },
	{ "space inside tags does not matter", "{\"d\":\"p\"}", "|{{> * d }}|", "|[]|", { { "p", "[]" } } },
	{ "parents may be named so", "{\"d\":\"p\"}", "{{<*d}}{{$t}}mine{{/t}}{{/*d}}", "[mine]", { { "p", "[{{$t}}usual{{/t}}]" } } },
};

/* A reader over a case's partials. */
static bool read_partial(void *context, struct str path, struct arena *arena,
    struct str *bytes, struct diag_list *diags)
{
	const struct spec_case *c = context;

	(void)diags;
	for (size_t i = 0; i < PARTIALS_MAX && c->partials[i].name; i++)
		if (str_eq(path, str_format(arena, "t/%s.mustache",
		    c->partials[i].name))) {
			*bytes = str_from(c->partials[i].source);
			return true;
		}
	return false;
}

static bool list_partials(void *context, struct str folder,
    struct arena *arena, struct vec *paths, struct diag_list *diags)
{
	const struct spec_case *c = context;

	(void)folder;
	(void)diags;
	for (size_t i = 0; i < PARTIALS_MAX && c->partials[i].name; i++)
		*(struct str *)vec_push(paths) = str_format(arena,
		    "t/%s.mustache", c->partials[i].name);
	return true;
}

/* Renders one case twice: what lookups remember must not show. */
static void run_case(const struct spec_case *c)
{
	struct spec_case copy = *c;
	struct reader reader = { &copy, read_partial, list_partials };
	const struct template_file file = { STR("main"),
		str_from(c->source) };
	struct arena arena;
	struct diag_list diags;
	struct value *data = NULL;
	struct template *template = NULL;
	struct buf out;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	buf_init(&out);
	assert_true(json_parse(&arena, STR("data"), str_from(c->data), &data,
	    &diags));
	assert_true(template_open(&arena, &reader, STR("t"), &file, &template,
	    &diags));
	for (int round = 0; round < 2; round++) {
		buf_clear(&out);
		assert_true(template_render(template, data, &out, &diags));
		if (!str_eq(buf_str(&out), str_from(c->expected)))
			fail_msg("%s\n--- wanted:\n%s\n--- got:\n%s",
			    c->claim, c->expected, out.ptr);
	}
	buf_dispose(&out);
	diag_list_dispose(&diags);
	arena_dispose(&arena);
}

#define RUN_ALL(cases) \
	for (size_t i = 0; i < sizeof(cases) / sizeof((cases)[0]); i++) \
		run_case(&(cases)[i])

static void test_template__interpolates(void **state)
{
	(void)state;
	RUN_ALL(interpolation);
}

static void test_template__renders_sections(void **state)
{
	(void)state;
	RUN_ALL(sections);
}

static void test_template__renders_inverted_sections(void **state)
{
	(void)state;
	RUN_ALL(inverted);
}

static void test_template__includes_partials(void **state)
{
	(void)state;
	RUN_ALL(partials);
}

static void test_template__changes_delimiters(void **state)
{
	(void)state;
	RUN_ALL(delimiters);
}

static void test_template__leaves_comments_out(void **state)
{
	(void)state;
	RUN_ALL(comments);
}

static void test_template__inherits(void **state)
{
	(void)state;
	RUN_ALL(inheritance);
}

static void test_template__takes_names_from_data(void **state)
{
	(void)state;
	RUN_ALL(dynamic_names);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_template__interpolates),
		cmocka_unit_test(test_template__renders_sections),
		cmocka_unit_test(test_template__renders_inverted_sections),
		cmocka_unit_test(test_template__includes_partials),
		cmocka_unit_test(test_template__changes_delimiters),
		cmocka_unit_test(test_template__leaves_comments_out),
		cmocka_unit_test(test_template__inherits),
		cmocka_unit_test(test_template__takes_names_from_data),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
