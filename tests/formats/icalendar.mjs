// SPDX-License-Identifier: MIT
// icalendar.mjs CALENDAR JSON: holds what `zheli due --format ics` prints
// against the lines of RFC 5545, reads it with a parser that is not ours, and
// compares each event with what --format json says of the same duty.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const bytes = readFileSync(process.argv[2]);
const wanted = JSON.parse(readFileSync(process.argv[3], "utf8"));
const faults = [];

function hold(truth, ...words) {
	if (!truth)
		faults.push(words.join(" "));
}

// Section 3.1: lines end with CRLF, are 75 octets at most, and no character is
// cut in two, so that each line is UTF-8 of its own.
const utf8 = new TextDecoder("utf-8", { fatal: true });
let from = 0;
for (let at = 0; at < bytes.length; at++) {
	if (bytes[at] !== 0x0a)
		continue;
	hold(bytes[at - 1] === 0x0d, "a line feed alone at", at);
	hold(at - 1 - from <= 75, "a line of", at - 1 - from, "octets");
	try {
		const line = utf8.decode(bytes.subarray(from, at - 1));
		hold(/^[\t\x20-\x7e\x80-\uffff]*$/u.test(
			line.replace(/[\u{10000}-\u{10ffff}]/gu, "")),
			"a control character in", JSON.stringify(line));
		hold(line.length > 0, "an empty line at", from);
	} catch {
		hold(false, "a character is cut in two before", at);
	}
	from = at + 1;
}
hold(from === bytes.length, "the last line has no end");

const calendar = new ICAL.Component(ICAL.parse(utf8.decode(bytes)));
hold(calendar.name === "vcalendar", "no VCALENDAR");
for (const name of ["version", "prodid"])
	hold(calendar.getAllProperties(name).length === 1, name, "not once");
hold(calendar.getFirstPropertyValue("version") === "2.0", "not version 2.0");
hold(calendar.getAllSubcomponents().length > 0, "no component");

const events = calendar.getAllSubcomponents("vevent");
const once = ["uid", "dtstamp", "dtstart", "summary", "description",
	"categories", "status", "transp"];
const uids = new Set();
hold(events.length === wanted.items.length, events.length, "events for",
	wanted.items.length, "duties");
events.forEach((event, i) => {
	const duty = wanted.items[i];
	const record = duty.record;
	const text = duty.rule.text.zh + (record ? "：" + record.title : "");

	for (const name of once)
		hold(event.getAllProperties(name).length === 1, name, "not once");
	const value = (name) => event.getFirstPropertyValue(name);
	hold(!uids.has(value("uid")), "twice the UID", value("uid"));
	uids.add(value("uid"));
	hold(value("dtstart").isDate, "no DATE", value("dtstart"));
	hold(String(value("dtstart")) === duty.due, value("dtstart"), duty.due);
	hold(String(value("dtstamp")) === wanted.as_of + "T00:00:00Z",
		"stamped", value("dtstamp"));
	hold(value("summary") === text, value("summary"), "is not", text);
	hold(value("description").startsWith(duty.message.zh + "\n" +
		duty.hint.zh), value("description"), "is not", duty.message.zh);
	hold(value("categories") === duty.binds.zh, value("categories"));
	hold(value("status") === (duty.provisional ? "TENTATIVE" :
		"CONFIRMED"), "status", value("status"));
	for (const alarm of event.getAllSubcomponents("valarm")) {
		const trigger = alarm.getFirstPropertyValue("trigger");
		hold(alarm.getFirstPropertyValue("action") === "DISPLAY" &&
			alarm.getFirstPropertyValue("description") === text,
			"the alarm does not say what of");
		hold(trigger.toSeconds() === -(7 * 24 - 9) * 3600,
			"the alarm rings", trigger);
	}
});
const alarms = events.reduce((sum, event) => sum +
	event.getAllSubcomponents("valarm").length, 0);
hold(alarms === 0 || alarms === events.length, alarms, "alarms");

for (const fault of faults.slice(0, 20))
	console.log(fault);
process.exit(faults.length > 0 ? 1 : 0);
