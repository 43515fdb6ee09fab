// SPDX-License-Identifier: MIT
// events.mjs SITE: the calendar files of a built site, read by a parser that is
// not ours: one event each, with what a calendar needs, at the time its page says.
import fs from "node:fs";
import path from "node:path";
import ICAL from "ical.js";

const site = process.argv[2];
const faults = [];
let count = 0;
for (const entry of fs.readdirSync(site, { recursive: true })
	.filter((name) => name.endsWith(".ics"))) {
	const text = fs.readFileSync(path.join(site, entry), "utf8");
	const calendar = new ICAL.Component(ICAL.parse(text));
	const events = calendar.getAllSubcomponents("vevent");
	const event = new ICAL.Event(events[0]);
	const page = fs.readFileSync(path.join(site, path.dirname(entry),
		"index.html"), "utf8");
	const hold = (truth, what) => truth || faults.push(`${entry}: ${what}`);

	count++;
	hold(events.length === 1, `${events.length} events`);
	hold(/\r\n$/.test(text) && !/[^\r]\n/.test(text), "lines end otherwise");
	for (const name of ["uid", "dtstamp", "dtstart", "summary", "location"])
		hold(events[0].getAllProperties(name).length === 1, `${name} not once`);
	hold(page.includes(`<time datetime="${event.startDate.toString().slice(0, 10)}"`),
		`the page has another day than ${event.startDate}`);
	hold(event.startDate.isDate || page.includes(
		event.startDate.toString().slice(11, 16)), "another time");
	hold(event.startDate.isDate || event.startDate.zone.tzid ===
		"Asia/Shanghai" || event.startDate.timezone === "Asia/Shanghai",
		"another time zone");
	hold(event.endDate.compare(event.startDate) >= 0, "it ends before it begins");
}
for (const fault of faults)
	console.log(fault);
console.log(`${count} calendar files`);
process.exitCode = faults.length === 0 && count > 4 ? 0 : 1;
